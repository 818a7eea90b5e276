import type * as pulumi from "@pulumi/pulumi";

import type { Region } from "./catalog/regions";
import type { GatewayMonitoringArgs } from "./components/gatewayMonitoring";
import type { GatewayConfig } from "./config";
import { closedRegions } from "./config/derived";
import { costMarkdown, type CostEstimate } from "./cost";
import { balancingArgs } from "./gateway";

/** What dashboard and alerts show of the stack. */
export interface Watched {
  /** The VPC, by id. */
  network: pulumi.Input<string>;
  cost: CostEstimate;
}

/** The arguments of dashboard and alerts; undefined if the stack wants none. */
export function monitoringArgs(
  config: GatewayConfig,
  { network, cost }: Watched,
): GatewayMonitoringArgs | undefined {
  const { monitoring } = config;
  if (!monitoring) return undefined;
  return {
    project: config.project,
    network,
    namespace: config.namespace,
    poolName: config.poolName,
    clusters: takingRequests(config),
    loadBalancing: balancingArgs(config.loadBalancing),
    timeoutSeconds: config.timeoutSeconds,
    flowControl: config.endpointPicker.flowControl,
    notificationChannels: monitoring.notificationChannels,
    cost: costMarkdown(cost),
  };
}

/** Number of clusters that serve the model, by region, without those of drained regions. */
function takingRequests(config: GatewayConfig): Partial<Record<Region, number>> {
  const closed = closedRegions(config);
  const serving = Object.values(config.clusters).filter(({ gpus }) => gpus);
  const regions = config.regions.filter((region) => !closed.includes(region));
  return Object.fromEntries(
    regions.map((region) => [region, serving.filter((place) => place.region === region).length]),
  );
}
