import type * as pulumi from "@pulumi/pulumi";

import type { Region } from "../../catalog/regions";
import type { LoadBalancing } from "../crossRegionGateway";

export interface GatewayMonitoringArgs {
  /** Id of the project. */
  project: string;
  /** The gateway's VPC, by id: no other load balancer may be in it. */
  network: pulumi.Input<string>;
  /** Namespace of model servers and pool in every cluster. */
  namespace: string;
  /** Name of the InferencePool in every cluster. */
  poolName: string;
  /** Number of the clusters that get requests, by region. Drained regions are left out: nobody is paged for them. */
  clusters: Partial<Record<Region, number>>;
  /** What the gateway balances by, and from which value on requests spill over. */
  loadBalancing: LoadBalancing;
  /** The gateway gives up on a request after this many seconds. */
  timeoutSeconds: number;
  /** Whether requests wait in the endpoint picker, too. */
  flowControl: boolean;
  /** Where incidents are reported: `projects/<project>/notificationChannels/<id>`. Without one, only the console shows them. */
  notificationChannels: string[];
  /** What the stack costs, in Markdown. */
  cost: string;
}
