import { Backend, BalancedMetric, LoadBalancer } from "../gke";
import { Delays } from "../delays";
import { BackendPolicy, Gateway, HealthCheckPolicy } from "../world/kinds";
import { ClusterState, keyOf, regionOf, World } from "../world/world";
import { regionsOf } from "./addresses";
import { isPoolImport, backendRefsOf, namespaceOf } from "./backendRefs";
import { isTrue } from "./conditions";
import { Export } from "./exports";
import { isCrossRegion, isOurs } from "./gateways";
import { importedPool } from "./importedPools";
import { attachedRoutes } from "./listeners";
import { matches, whyNotReported } from "./metricPickup";
import { share } from "./scopes";

/** The cross-region load balancers as Gateways, routes, policies and pods make them. */
export function loadBalancers(world: World, delays: Delays): LoadBalancer[] {
  return world.clusters.flatMap((cluster) =>
    cluster
      .list("Gateway")
      .filter((gateway) => isCrossRegion(world, cluster, gateway) && isOurs(cluster, gateway))
      .map((gateway) => ({
        gateway: keyOf(gateway),
        cluster: cluster.spec.id,
        programmed: isTrue(gateway.status?.conditions, "Programmed"),
        addresses: addressesOf(gateway),
        backends: poolsBehind(cluster, gateway).map((key) => backend(world, cluster, key, delays)),
      })),
  );
}

/** Addresses stand in the status in the order in which the spec names their regions. */
export function addressesOf(gateway: Gateway): Record<string, string> {
  const addresses = gateway.status?.addresses ?? [];
  const pairs = regionsOf(gateway).flatMap((region, i) => {
    const value = addresses[i]?.value;
    return value === undefined ? [] : [[region, value] as const];
  });
  return Object.fromEntries(pairs);
}

/** Imported pools that routes of a Gateway lead to, as far as they exist. */
export function poolsBehind(cluster: ClusterState, gateway: Gateway): string[] {
  const routes = gateway.spec.listeners.flatMap((l) => attachedRoutes(cluster, gateway, l));
  const keys = routes.flatMap((route) =>
    backendRefsOf(route)
      .filter(isPoolImport)
      .filter((ref) => cluster.get("GCPInferencePoolImport", namespaceOf(ref, route), ref.name))
      .map((ref) => `${namespaceOf(ref, route)}/${ref.name}`),
  );
  return [...new Set(keys)];
}

function backend(world: World, cluster: ClusterState, key: string, delays: Delays): Backend {
  const { exports, policy, health } = importedPool(world, cluster, key);
  return {
    pool: key,
    exportedBy: exports.map((e) => ({
      cluster: e.member.cluster.spec.id,
      region: regionOf(e.member.cluster.spec.location),
      readyPods: readyPods(e),
      ...share(policy, e.member.cluster),
    })),
    ...(health && { healthCheck: healthCheck(health) }),
    ...(policy && { policy: balancing(policy) }),
    metrics: balancedMetrics(policy).map((metric) => report(world, exports, metric, delays)),
  };
}

function readyPods({ member, pool }: Export): number {
  const { matchLabels } = pool.spec.selector;
  const namespace = pool.metadata.namespace ?? "default";
  return member.cluster
    .list("Pod")
    .filter((pod) => matches(pod, matchLabels, namespace))
    .filter((pod) => isTrue(pod.status?.conditions, "Ready")).length;
}

/** Names of the metrics that decide: those of a dry run are only observed. */
function balancedMetrics(policy: BackendPolicy | undefined): string[] {
  const { customMetrics = [], scopes = [] } = policy?.spec.default ?? {};
  const all = [...customMetrics, ...scopes.flatMap((scope) => scope.customMetrics ?? [])];
  return [...new Set(all.filter((metric) => !metric.dryRun).map((metric) => metric.name))];
}

function report(world: World, exports: Export[], name: string, delays: Delays): BalancedMetric {
  const clusters = exports.map((e) => e.member.cluster);
  const findings = clusters.map((cluster) => ({
    cluster: cluster.spec.id,
    reason: whyNotReported(world, cluster, name, delays),
  }));
  return {
    name,
    reportedBy: findings.flatMap((f) => (f.reason === undefined ? [f.cluster] : [])),
    missing: findings.flatMap(({ cluster, reason }) =>
      reason === undefined ? [] : [{ cluster, reason }],
    ),
  };
}

function healthCheck(policy: HealthCheckPolicy): NonNullable<Backend["healthCheck"]> {
  const { type = "HTTP", ...blocks } = policy.spec.default?.config ?? {};
  const [block] = Object.values(blocks) as { port?: number; requestPath?: string }[];
  const { port, requestPath } = block ?? {};
  return {
    policy: keyOf(policy),
    type,
    ...(port !== undefined && { port }),
    ...(requestPath !== undefined && { requestPath }),
  };
}

function balancing(policy: BackendPolicy): NonNullable<Backend["policy"]> {
  const { balancingMode, timeoutSec } = policy.spec.default ?? {};
  return {
    name: keyOf(policy),
    ...(balancingMode !== undefined && { balancingMode }),
    ...(timeoutSec !== undefined && { timeoutSec }),
  };
}
