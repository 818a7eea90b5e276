import {
  entriesAt,
  fieldOf,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { classOf, isMultiCluster } from "../network/gatewayClass";

import { features, memberships } from "./cloudTypes";
import { fleetOf } from "./fleet";
import {
  gateways,
  gcpBackendPolicies,
  healthCheckPolicies,
  httpRoutes,
  POOL_IMPORT,
} from "./kinds";

/** The fleet's feature that brings the controller. */
const FEATURE = "multiclusteringress";

export const gatewayOnConfigCluster = stackPolicy({
  name: "gateway-on-config-cluster",
  description:
    "Objects for GKE's multi-cluster gateway controller are in the config cluster, the only one " +
    "it reads.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Enable fleet feature multiclusteringress, and give Gateways of a multi-cluster class, and the " +
    "routes and policies of imported pools, the Kubernetes provider of the cluster whose " +
    "membership it names in spec.multiclusteringress.configMembership. Where another stack enables " +
    "the feature, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/enabling-multi-cluster-gateways",
  settings: {},

  *judge(stack) {
    yield* featureFindings(stack);
    yield* controllerFindings(stack);
    const config = fleetOf(stack).configCluster;
    if (config === undefined) {
      return;
    }
    for (const { object, shown } of objectsOfController(stack)) {
      const { cluster } = fleetOf(stack).memberOf(object);
      if (cluster !== undefined && cluster !== config) {
        yield on(object, misplaced(shown, cluster, config));
      }
    }
  },
});

/** Without a config cluster the feature reads no Gateway. */
function* featureFindings(stack: Stack): Generator<Finding> {
  for (const feature of stack.select(features)) {
    const membership = feature.props.at("spec", "multiclusteringress", "configMembership");
    const enabled = feature.props.at("name").text === FEATURE;
    if (enabled && !membership.unknown && (membership.text ?? "") === "") {
      const problem = membership.present
        ? `${membership} is not the path of a membership`
        : "is not set, so no cluster's Gateways are read";
      yield on(feature, violation(membership, problem, "set the config cluster's membership"));
    }
  }
}

/**
 * Without the feature no controller reads a Gateway. A stack that registers clusters has to enable
 * it.
 */
function* controllerFindings(stack: Stack): Generator<Finding> {
  const names = stack.select(features).map((feature) => feature.props.at("name"));
  const owned = names.length + stack.select(memberships).length > 0;
  if (!owned || names.some(({ text, unknown }) => unknown || text === FEATURE)) {
    return;
  }
  for (const gateway of stack.select(gateways)) {
    const gatewayClass = classOf(gateway);
    if (isMultiCluster(gatewayClass)) {
      const problem = `nothing reads ${gatewayClass}, since this stack's fleet lacks ${FEATURE}`;
      yield on(gateway, violation(gatewayClass, problem, "enable that fleet feature"));
    }
  }
}

interface Controlled {
  readonly object: Resource;
  /**
   * The value that shows that the controller is to read it, or the unknown value that may show it.
   */
  readonly shown: Value;
}

function* objectsOfController(stack: Stack): Generator<Controlled> {
  for (const gateway of stack.select(gateways)) {
    const shown = classOf(gateway);
    if (shown.unknown || isMultiCluster(shown)) {
      yield { object: gateway, shown };
    }
  }
  for (const route of stack.select(httpRoutes)) {
    yield* controlled(route, backendKindsOf(route));
  }
  for (const selector of [gcpBackendPolicies, healthCheckPolicies]) {
    for (const policy of stack.select(selector)) {
      yield* controlled(policy, [policy.props.at("spec", "targetRef", "kind")]);
    }
  }
}

/** An object that refers, or may refer, to an import, with its first such reference. */
function* controlled(object: Resource, kinds: readonly Value[]): Generator<Controlled> {
  const known = kinds.find(({ text }) => text === POOL_IMPORT);
  const shown = known ?? kinds.find(({ unknown }) => unknown);
  if (shown !== undefined) {
    yield { object, shown };
  }
}

/** Kinds of a route's backends; a list that is not known yet stands for what is in it. */
function backendKindsOf(route: Resource): readonly Value[] {
  return entriesAt(route.props.at("spec"), "rules")
    .flatMap((rule) => entriesAt(rule, "backendRefs"))
    .map((backend) => fieldOf(backend, "kind"));
}

function misplaced(shown: Value, cluster: Resource, config: Resource): Finding {
  if (shown.unknown) {
    return pending(shown);
  }
  const problem =
    `${shown} in cluster ${cluster.name} is not read, ` +
    `only the config cluster ${config.name} is`;
  return violation(shown, problem, `give it the Kubernetes provider of ${config.name}`);
}
