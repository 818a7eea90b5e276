import type { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

import type { Region } from "../../catalog/regions";
import type { GatewayStatus } from "../../customResources/gateway";

import { backendPolicy, type BackendPolicyArgs, type LoadBalancing } from "./backendPolicy";
import { customResource, type TypedObject } from "../../customResources/customResource";
import { addressesByRegion } from "./addresses";
import { enableFeature } from "./feature";
import { gatewayObject } from "./gateway";
import { healthCheck } from "./healthCheck";
import { routeToPool } from "./route";

export type { LoadBalancing };

/** The gateway's arguments, with those of its backend policy. */
export interface CrossRegionGatewayArgs extends Omit<BackendPolicyArgs, "name"> {
  /** Id of the project. */
  project: string;
  /** Membership of the cluster that holds the gateway's objects, by id. */
  configMembership: pulumi.Input<string>;
  /** Memberships of all clusters, that of the config cluster among them. */
  memberships: pulumi.Resource[];
  /** Each gets an address, and needs a proxy-only subnet. At most 16 (Gateway API). */
  regions: readonly Region[];
  /** What it needs for an address: proxy-only subnets of its regions, exported pools, the controller's role. */
  requires: pulumi.Resource[];
  /** Port on which the model servers listen. */
  serverPort: number;
}

/** Usually 5 to 10 minutes. */
const PROGRAMMED_TIMEOUT = "30m";
/** The import appears minutes after its pool is exported; published scripts wait for 15. */
const RESOLVED_TIMEOUT = "20m";

/**
 * The one internal gateway in front of all clusters, on the config cluster: fleet feature, Gateway, route, health check
 * and backend policy. Give it the config cluster's provider: `{ providers: [cluster.provider] }`.
 *
 * Its policies carry its own name: under the pool's, the inference extension's chart has policies for one cluster.
 *
 * Deleted in reverse order: route and policies before the Gateway, the Gateway before the feature, which Google refuses
 * to disable for some minutes, and the feature before any cluster leaves the fleet.
 *
 * ### Cost
 * Three proxies in each region at 0.025 $ an hour each, more under load, and the data that they process.
 *
 * @example
 * ```ts
 * const gateway = new CrossRegionGateway(
 *   "gateway",
 *   {
 *     project,
 *     namespace,
 *     poolName: chart.poolName,
 *     regions: ["europe-west3"],
 *     loadBalancing: { mode: "kv-cache", maxUtilization: 60 },
 *     metricName: metrics.metricName,
 *     timeoutSeconds: 600,
 *     p99LatencySeconds: 60,
 *     scopes: [],
 *     drained: [],
 *     requestLogPercent: 100,
 *     serverPort: server.port,
 *     configMembership: membership.id,
 *     memberships: [membership],
 *     requires: [proxies, chart.pool, apis.agentRole],
 *   },
 *   { providers: [cluster.provider], dependsOn: apis.forGateway },
 * );
 * ```
 */
export class CrossRegionGateway extends pulumi.ComponentResource {
  /** IP address by region. Clients of a region should use their own. */
  readonly addresses: pulumi.Output<Record<string, string>>;
  /** `http://<address>` by region. */
  readonly urls: pulumi.Output<Record<string, string>>;
  /** Regions that get no request; known once they are drained. */
  readonly drained: pulumi.Output<string[]>;

  constructor(name: string, args: CrossRegionGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:CrossRegionGateway", name, {}, opts);

    const { project, configMembership, memberships, namespace, poolName, regions } = args;
    const feature = enableFeature(
      `${name}-multiclusteringress`,
      { project, configMembership, memberships },
      { parent: this },
    );
    const gateway = createGateway(
      name,
      { namespace, regions },
      { parent: this, dependsOn: [feature, ...args.requires] },
    );
    const after = { parent: this, dependsOn: gateway };
    createAttached(`${name}-route`, routeToPool({ name, namespace, poolName }), after);
    const check = healthCheck({ name, namespace, poolName, port: args.serverPort });
    createAttached(`${name}-health-check`, check, after);
    const policy = createAttached(
      `${name}-backend-policy`,
      backendPolicy({
        name,
        namespace,
        poolName,
        loadBalancing: args.loadBalancing,
        metricName: args.metricName,
        timeoutSeconds: args.timeoutSeconds,
        p99LatencySeconds: args.p99LatencySeconds,
        scopes: args.scopes,
        drained: args.drained,
        requestLogPercent: args.requestLogPercent,
      }),
      after,
    );
    this.drained = policy.id.apply(() => [...args.drained]);

    this.addresses = statusOf(gateway).apply((status) => addressesByRegion(regions, status));
    this.urls = this.addresses.apply(urls);
    this.registerOutputs({ addresses: this.addresses, urls: this.urls });
  }
}

function createGateway(
  name: string,
  { namespace, regions }: Pick<CrossRegionGatewayArgs, "namespace" | "regions">,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  const object = gatewayObject({ name, namespace, regions });
  // The key `status` has no value, but it makes the status an output.
  const withStatus = { ...object, status: undefined };
  return customResource(name, withStatus, {
    ...opts,
    customTimeouts: {
      create: PROGRAMMED_TIMEOUT,
      update: PROGRAMMED_TIMEOUT,
      delete: PROGRAMMED_TIMEOUT,
    },
  });
}

/** Resources that are created after the Gateway and deleted before it. */
function createAttached(
  name: string,
  object: TypedObject,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  return customResource(name, object, {
    ...opts,
    customTimeouts: { create: RESOLVED_TIMEOUT, update: RESOLVED_TIMEOUT },
  });
}

function statusOf(gateway: CustomResource): pulumi.Output<GatewayStatus | undefined> {
  return (gateway as CustomResource & { status: pulumi.Output<GatewayStatus | undefined> }).status;
}

function urls(addresses: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(addresses).map(([region, ip]) => [region, `http://${ip}`]),
  );
}
