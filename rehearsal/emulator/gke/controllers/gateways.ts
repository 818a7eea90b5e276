import { Delays, SECONDS } from "../delays";
import { Address, Gateway } from "../world/kinds";
import { ClusterState, isConfigCluster, keyOf, World } from "../world/world";
import { addressProblem, assignAddresses, regionProblem, regionsOf } from "./addresses";
import { routeProblem } from "./capabilities";
import { equal, isTrue, no, Wanted, withConditions, yes } from "./conditions";
import { exportsOf } from "./exports";
import { CONTROLLER, CROSS_REGION_CLASS, MULTI_CLUSTER_CLASSES } from "./gatewayClasses";
import { listenerProblem, listenerStatus, refersTo } from "./listeners";
import { Write } from "./writes";

/** Makes the deletion of a Gateway wait until its load balancer is gone. */
const FINALIZER = "gateway.finalizer.networking.gke.io";

/**
 * Programs cross-region Gateways on the config cluster, and says so of those that are not
 * rehearsed.
 */
export function gateways(world: World, delays: Delays): Write[] {
  return world.clusters.flatMap((cluster) =>
    cluster
      .list("Gateway")
      .filter((gateway) => isOurs(cluster, gateway))
      .flatMap((gateway) => reconcile(world, cluster, gateway, delays)),
  );
}

/** Whether GKE's controllers look after a Gateway: its class must be there, and be theirs. */
export function isOurs(cluster: ClusterState, gateway: Gateway): boolean {
  const found = cluster.get("GatewayClass", undefined, gateway.spec.gatewayClassName);
  return found?.spec.controllerName === CONTROLLER;
}

export function isCrossRegion(world: World, cluster: ClusterState, gateway: Gateway): boolean {
  return gateway.spec.gatewayClassName === CROSS_REGION_CLASS && isConfigCluster(world, cluster);
}

export function isMultiCluster(gateway: Gateway): boolean {
  return MULTI_CLUSTER_CLASSES.includes(gateway.spec.gatewayClassName);
}

function reconcile(world: World, cluster: ClusterState, gateway: Gateway, delays: Delays): Write[] {
  const { id } = cluster.spec;
  const finalizers = gateway.metadata.finalizers ?? [];
  const key = `${id}/${gateway.metadata.uid ?? keyOf(gateway)}`;
  if (gateway.metadata.deletionTimestamp !== undefined) {
    if (!finalizers.includes(FINALIZER) || !delays.passed(`${key}/gone`, SECONDS.gatewayDeleted)) {
      return [];
    }
    const others = finalizers.filter((f) => f !== FINALIZER);
    return [{ do: "finalizers", cluster: id, object: gateway, finalizers: others }];
  }
  const writes: Write[] = [];
  if (!finalizers.includes(FINALIZER)) {
    const added = [...finalizers, FINALIZER];
    writes.push({ do: "finalizers", cluster: id, object: gateway, finalizers: added });
  }
  const status = statusOf(world, cluster, gateway, (seconds) => delays.passed(key, seconds));
  if (!equal(status, gateway.status)) {
    writes.push({ do: "status", cluster: id, object: gateway, status });
  }
  return writes;
}

function statusOf(
  world: World,
  cluster: ClusterState,
  gateway: Gateway,
  passed: (seconds: number) => boolean,
): NonNullable<Gateway["status"]> {
  const { generation } = gateway.metadata;
  const [accepted, programmed] = judge(world, cluster, gateway, passed);
  const up = programmed.status === "True";
  const healthy = up
    ? yes("networking.gke.io/GatewayHealthy", "Healthy")
    : no("networking.gke.io/GatewayHealthy", "Error", programmed.message);
  const before = gateway.status;
  return {
    addresses: up ? (assignAddresses(world, cluster, gateway) ?? []) : kept(gateway, accepted),
    conditions: withConditions(before?.conditions, [accepted, programmed, healthy], generation),
    listeners: gateway.spec.listeners.map((listener) =>
      listenerStatus(cluster, gateway, listener, programmed),
    ),
  };
}

/** What cannot be reconciled any more stays as it was. */
function kept(gateway: Gateway, accepted: Wanted): Address[] {
  return accepted.status === "True" ? (gateway.status?.addresses ?? []) : [];
}

/** The conditions Accepted and Programmed. */
function judge(
  world: World,
  cluster: ClusterState,
  gateway: Gateway,
  passed: (seconds: number) => boolean,
): [Wanted, Wanted] {
  const { gatewayClassName } = gateway.spec;
  if (!isCrossRegion(world, cluster, gateway)) {
    const message =
      `the rehearsal has load balancers of class ${CROSS_REGION_CLASS} only, ` +
      `not of ${gatewayClassName}`;
    return [yes("Accepted"), no("Programmed", "Pending", message)];
  }
  const unsupported = addressProblem(gateway);
  if (unsupported) {
    const { reason, message } = unsupported;
    return [no("Accepted", reason, message), no("Programmed", "Invalid", message)];
  }
  const problem =
    listenerProblem(cluster, gateway) ??
    routesProblem(cluster, gateway) ??
    cloudProblem(world, cluster, gateway);
  if (problem) return [yes("Accepted"), problem];
  const already = isTrue(gateway.status?.conditions, "Programmed");
  if (!already && !passed(SECONDS.gatewayProgrammed)) {
    const waiting = "the load balancer is being created";
    return [yes("Accepted"), no("Programmed", "Pending", waiting)];
  }
  return [yes("Accepted"), yes("Programmed")];
}

/**
 * A route that cannot be translated stops the whole Gateway: GKE isolates no errors, so nothing of it is reconciled any
 * more. Source: kserve/kserve#5311 and users' notes on GWCER104, 2026.
 */
function routesProblem(cluster: ClusterState, gateway: Gateway): Wanted | undefined {
  const problems = cluster
    .list("HTTPRoute")
    .filter((route) => route.spec.parentRefs?.some((ref) => refersTo(route, ref, gateway)))
    .map((route) => routeProblem(gateway, route));
  const problem = problems.find((each) => each !== undefined);
  return problem === undefined ? undefined : no("Programmed", "Invalid", problem);
}

/** What the load balancer lacks outside the cluster. */
function cloudProblem(world: World, cluster: ClusterState, gateway: Gateway): Wanted | undefined {
  const { network, project } = cluster.spec;
  const exporters = [...exportsOf(world, project).values()].flat().map((e) => e.member.cluster);
  const elsewhere = exporters.find((exporter) => exporter.spec.network !== network);
  if (elsewhere) {
    const message =
      "all clusters behind a multi-cluster Gateway must be in one VPC: " +
      `${cluster.spec.name} is in ${network}, ${elsewhere.spec.name} in ${elsewhere.spec.network}`;
    return no("Programmed", "Invalid", message);
  }
  for (const region of regionsOf(gateway)) {
    const problem = regionProblem(world, network, region);
    if (problem) return no("Programmed", problem.reason, problem.message);
  }
  if (!assignAddresses(world, cluster, gateway)) {
    return no("Programmed", "AddressNotAssigned", "a subnetwork has no free address");
  }
  return undefined;
}
