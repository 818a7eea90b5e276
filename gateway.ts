import type * as pulumi from "@pulumi/pulumi";

import { PORTS } from "./catalog/ports";
import type { CrossRegionGatewayArgs, LoadBalancing } from "./components/crossRegionGateway";
import { namedMetric } from "./components/kvCacheMetrics";
import type { GatewayConfig } from "./config";
import type { Member } from "./member";

/** The resources that exist before the gateway. */
export interface GatewayNeeds {
  /** All clusters of the fleet. */
  members: Member[];
  /** The one that holds Gateway, route and policies. */
  configMember: Member;
  /** What it needs for an address: proxy-only subnets, the controller's role. */
  requires: pulumi.Resource[];
}

/** The gateway's arguments: each value of the configuration that it takes, by its name. */
export function gatewayArgs(config: GatewayConfig, needs: GatewayNeeds): CrossRegionGatewayArgs {
  const { members, configMember, requires } = needs;
  const pools = members.flatMap(({ pool }) => pool ?? []);
  return {
    project: config.project,
    namespace: config.namespace,
    poolName: config.poolName,
    regions: config.regions,
    loadBalancing: balancingArgs(config.loadBalancing),
    scopes: config.scopes,
    drained: config.drained,
    timeoutSeconds: config.timeoutSeconds,
    p99LatencySeconds: config.p99LatencySeconds,
    requestLogPercent: config.requestLogPercent,
    metricName: namedMetric(),
    serverPort: PORTS.modelServer,
    configMembership: configMember.membership.id,
    memberships: members.map(({ membership }) => membership),
    requires: [configMember.home, ...requires, ...pools],
  };
}

/** What the gateway balances by: of the configuration, the keys of its mode. */
export function balancingArgs(config: GatewayConfig["loadBalancing"]): LoadBalancing {
  const { mode } = config;
  switch (mode) {
    case "kv-cache":
      return { mode, maxUtilization: config.maxUtilization, dryRun: config.dryRun };
    case "in-flight": {
      const { maxInFlightRequestsPerEndpoint, trafficDuration } = config;
      return { mode, maxInFlightRequestsPerEndpoint, trafficDuration };
    }
    case "rate":
      return { mode, maxRatePerEndpoint: config.maxRatePerEndpoint };
  }
}
