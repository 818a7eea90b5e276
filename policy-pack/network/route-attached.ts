import { fleetOf } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { gateways, inferencePools } from "../fleet/kinds";
import { type Finding, on, reliability, type Stack, stackPolicy, violation } from "../frame";

import { classOf, isMultiCluster } from "./gatewayClass";
import { admissionFindings, protocolFindings } from "./listener";
import { backendFindings, emptyText } from "./routeBackends";
import { type ParentedRoute, RouteParents } from "./routeParents";
import { strayFindings } from "./strayParent";

export const routeAttached = stackPolicy({
  name: "route-attached",
  description:
    "Each route is attached to a Gateway that admits it, and each multi-cluster Gateway has a " +
    "route.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Name the Gateway by its name and namespace in the route's parentRefs, admit its namespace " +
    "by the listener's allowedRoutes, and name GCPInferencePoolImports in backendRefs. Where " +
    "another stack makes the routes or some of the Gateways, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {},

  *judge(stack) {
    for (const gateway of stack.select(gateways)) {
      for (const finding of protocolFindings(gateway)) {
        yield on(gateway, finding);
      }
    }
    const model = new RouteParents(stack);
    for (const attached of model.routes) {
      const { route, found } = attached;
      const multiCluster = [...found.values()].some((each) => isMultiCluster(classOf(each)));
      yield* parentFindings(attached, model);
      for (const finding of backendFindings(route, multiCluster)) {
        yield on(route, finding);
      }
    }
    yield* unusedFindings(stack, model);
  },
});

function* parentFindings({ route, parents, found }: ParentedRoute, model: RouteParents) {
  const list = route.props.at("spec", "parentRefs");
  if (parents.length === 0) {
    const fix = "name the Gateway, and its namespace";
    yield on(
      route,
      violation(list, `${emptyText(list)}, so the route is attached to no Gateway`, fix),
    );
  }
  for (const parent of parents) {
    const gateway = found.get(parent);
    yield* gateway === undefined
      ? strayFindings(route, parent, model)
      : admissionFindings(parent, gateway, model.targets);
  }
}

/**
 * A Gateway without a route serves no pool. A stack without pools may lack routes as well; and where
 * another Gateway serves the pools, this one may be for something else.
 */
function* unusedFindings(stack: Stack, model: RouteParents): Generator<Finding> {
  const used = new Set(model.routes.flatMap(({ found }) => [...found.values()]));
  const astray = model.routes.filter(({ parents, found }) => {
    return found.size === 0 || found.size < parents.length;
  });
  const unsure = new Set(astray.map(({ route }) => fleetOf(stack).memberOf(route).key));
  const isServing = [...used].some((gateway) => isMultiCluster(classOf(gateway)));
  const hasPools = stack.select(inferencePools).length > 0;
  for (const gateway of hasPools && !isServing ? stack.select(gateways) : []) {
    const isServed = used.has(gateway) || unsure.has(fleetOf(stack).memberOf(gateway).key);
    if (isMultiCluster(classOf(gateway)) && !isServed) {
      const problem = "no HTTPRoute of this cluster names this Gateway, so it serves no pool";
      const fix = "add a route with this name in parentRefs";
      const finding = violation(gateway.props.at("metadata", "name"), problem, fix);
      yield missing(stack, { beside: gateway }, on(gateway, finding));
    }
  }
}
