import { gateways, INFERENCE_POOL, POOL_IMPORT } from "../fleet/kinds";
import {
  fieldOf,
  type Finding,
  listSetting,
  nameHint,
  nearest,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  violation,
} from "../frame";

import { classOf } from "./gatewayClass";
import { backendRefsOf } from "./routeBackends";
import { RouteParents } from "./routeParents";

/** Classes of GKE's load balancers; Gateways of other implementations are not judged. */
const GKE_CLASS = /^gke-l7-/;

/** Classes of GKE for other Gateways. Source: GKE documentation, "GatewayClass capabilities". */
const OTHERS =
  /^gke-l7-(?:(?:global-external-managed|regional-external-managed|rilb|gxlb)(?:-mc)?|cross-regional-internal-managed)$/;

export const gatewayClassAllowed = stackPolicy({
  name: "gateway-class-allowed",
  description:
    "A Gateway of GKE before inference pools has a class that serves them across regions.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set spec.gatewayClassName to a class of the list; the only one that is documented with " +
    "imported inference pools is gke-l7-cross-regional-internal-managed-mc. Gateways whose routes " +
    "lead to no pool may have any class.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {
    classes: listSetting({
      minItems: 1,
      default: ["gke-l7-cross-regional-internal-managed-mc"],
      description: "Names of the classes that a Gateway of GKE before inference pools may have.",
    }),
  },

  *judge(stack, { classes }) {
    const leading = gatewaysOfPools(stack);
    for (const gateway of stack.select(gateways)) {
      for (const finding of classFindings(gateway, classes, leading.has(gateway))) {
        yield on(gateway, finding);
      }
    }
  },
});

/** Gateways with a route to an inference pool. */
function gatewaysOfPools(stack: Stack): ReadonlySet<Resource> {
  const leading = new RouteParents(stack).routes.filter(({ route }) => leadsToPool(route));
  return new Set(leading.flatMap(({ found }) => [...found.values()]));
}

function leadsToPool(route: Resource): boolean {
  const kinds = backendRefsOf(route).map((ref) => fieldOf(ref, "kind").text);
  return kinds.some((kind) => kind === POOL_IMPORT || kind === INFERENCE_POOL.kind);
}

function* classFindings(
  gateway: Resource,
  classes: readonly string[],
  leadsToPools: boolean,
): Generator<Finding> {
  const gatewayClass = classOf(gateway);
  const name = gatewayClass.text;
  const list = classes.join(" or ");
  if (gatewayClass.unknown) {
    yield pending(gatewayClass);
  } else if (gatewayClass.absent) {
    yield violation(gatewayClass, "is not set, so nothing serves this Gateway", `set ${list}`);
  } else if (name === undefined || name === "") {
    yield violation(gatewayClass, `${gatewayClass} is not the name of a class`, `set ${list}`);
  } else if (!classes.includes(name) && (leadsToPools || !OTHERS.test(name))) {
    const isMisspelt = nearest(name, classes) !== undefined;
    if (isMisspelt || (leadsToPools && GKE_CLASS.test(name))) {
      const problem = `"${name}" is not a class for inference pools across regions`;
      yield violation(gatewayClass, problem, nameHint(name, classes, `set ${list}`));
    }
  }
}
