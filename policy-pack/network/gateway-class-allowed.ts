import { objectsOfKind } from "../fleet/kubernetesObject";
import {
  type Finding,
  listSetting,
  nameHint,
  nearest,
  pending,
  reliability,
  resourcePolicy,
  violation,
} from "../frame";

import { classOf } from "./gatewayClass";

/** Classes of GKE's load balancers; Gateways of other implementations are not judged. */
const GKE_CLASS = /^gke-l7-/;

export const gatewayClassAllowed = resourcePolicy({
  name: "gateway-class-allowed",
  description: "A Gateway of GKE has a class that serves inference pools across regions.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set spec.gatewayClassName to a class of the list; the only one that is documented with " +
    "imported inference pools is gke-l7-cross-regional-internal-managed-mc.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {
    classes: listSetting({
      minItems: 1,
      default: ["gke-l7-cross-regional-internal-managed-mc"],
      description: "Names of the classes that a Gateway of GKE may have.",
    }),
  },
  judges: objectsOfKind({ kind: "Gateway", groups: ["gateway.networking.k8s.io"] }),

  *judge(gateway, { classes }): Generator<Finding> {
    const gatewayClass = classOf(gateway);
    const name = gatewayClass.text;
    const list = classes.join(" or ");
    if (gatewayClass.unknown) {
      yield pending(gatewayClass);
    } else if (gatewayClass.absent) {
      yield violation(gatewayClass, "is not set, so nothing serves this Gateway", `set ${list}`);
    } else if (name === undefined || name === "") {
      yield violation(gatewayClass, `${gatewayClass} is not the name of a class`, `set ${list}`);
    } else if (!classes.includes(name)) {
      if (nearest(name, classes) !== undefined || GKE_CLASS.test(name)) {
        const problem = `"${name}" is not a class for inference pools across regions`;
        yield violation(gatewayClass, problem, nameHint(name, classes, `set ${list}`));
      }
    }
  },
});
