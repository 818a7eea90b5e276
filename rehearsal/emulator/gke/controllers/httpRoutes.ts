import { Gateway, HTTPRoute, ParentRef, RouteParentStatus } from "../world/kinds";
import { ClusterState, World } from "../world/world";
import { negProblem, resolvedRefs } from "./backendRefs";
import { routeProblem } from "./capabilities";
import { equal, no, Wanted, withConditions, yes } from "./conditions";
import { CONTROLLER } from "./gatewayClasses";
import { isOurs } from "./gateways";
import { accepts, refersTo } from "./listeners";
import { Write } from "./writes";

/** Says of each route, for each of our Gateways that it names, whether it is bound and resolved. */
export function httpRoutes(world: World): Write[] {
  return world.clusters.flatMap((cluster) =>
    cluster.list("HTTPRoute").flatMap((route): Write[] => {
      const parents = parentsOf(world, cluster, route);
      if (equal(parents, route.status?.parents ?? [])) return [];
      return [{ do: "status", cluster: cluster.spec.id, object: route, status: { parents } }];
    }),
  );
}

/** The Gateway that a reference means, if it is one of ours. */
export function parentGateway(
  cluster: ClusterState,
  route: HTTPRoute,
  ref: ParentRef,
): Gateway | undefined {
  const gateway = cluster.list("Gateway").find((g) => refersTo(route, ref, g));
  return gateway && isOurs(cluster, gateway) ? gateway : undefined;
}

function parentsOf(world: World, cluster: ClusterState, route: HTTPRoute): RouteParentStatus[] {
  const before = route.status?.parents ?? [];
  const others = before.filter((parent) => parent.controllerName !== CONTROLLER);
  const ours = (route.spec.parentRefs ?? []).flatMap((parentRef): RouteParentStatus[] => {
    const gateway = parentGateway(cluster, route, parentRef);
    if (!gateway) return [];
    const known = before.find(
      (p) => p.controllerName === CONTROLLER && equal(p.parentRef, parentRef),
    );
    const wanted = conditionsOf(world, cluster, gateway, route, parentRef);
    const conditions = withConditions(known?.conditions, wanted, route.metadata.generation);
    return [{ parentRef, controllerName: CONTROLLER, conditions }];
  });
  return [...others, ...ours];
}

function acceptance(
  cluster: ClusterState,
  gateway: Gateway,
  route: HTTPRoute,
  ref: ParentRef,
): Wanted {
  const problem = routeProblem(gateway, route);
  return problem === undefined
    ? accepts(cluster, gateway, route, ref)
    : no("Accepted", "UnsupportedValue", problem);
}

function conditionsOf(
  world: World,
  cluster: ClusterState,
  gateway: Gateway,
  route: HTTPRoute,
  ref: ParentRef,
): Wanted[] {
  const accepted = acceptance(cluster, gateway, route, ref);
  const resolved = resolvedRefs(world, cluster, gateway, route);
  const wrong =
    [accepted, resolved].find((condition) => condition.status !== "True")?.message ??
    negProblem(world, cluster, route);
  const reconciled =
    wrong === undefined
      ? yes("Reconciled", "ReconciliationSucceeded")
      : no("Reconciled", "ReconciliationFailed", wrong);
  return [accepted, resolved, reconciled];
}
