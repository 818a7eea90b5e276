import {
  GCP_BACKEND_POLICY,
  HEALTH_CHECK_POLICY,
  INFERENCE_POOL,
  POOL_IMPORT,
} from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import {
  type Finding,
  nameHint,
  pending,
  reliability,
  type Resource,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

/** Kinds that these policies attach to, and the groups that have, or had, them. */
const GROUPS_OF: Readonly<Record<string, readonly string[]>> = {
  [POOL_IMPORT]: ["networking.gke.io"],
  [INFERENCE_POOL.kind]: INFERENCE_POOL.groups,
  ServiceImport: ["net.gke.io"],
  ServiceExport: ["net.gke.io"],
  Service: [""],
};

const KINDS = Object.keys(GROUPS_OF);

const backendPolicies = objectsOfKind(GCP_BACKEND_POLICY);
const healthChecks = objectsOfKind(HEALTH_CHECK_POLICY);

export const policyTargetKnown = resourcePolicy({
  name: "policy-target-known",
  description:
    "A GCPBackendPolicy or HealthCheckPolicy targets a kind of backend that GKE attaches it to.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Write group and kind of the backend in spec.targetRef as the message says. A policy for " +
    "anything else attaches to nothing, and GKE does not report that.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources",
  settings: {},
  judges: {
    label: `${backendPolicies.label} or ${healthChecks.label}`,
    matches: (resource) => backendPolicies.matches(resource) || healthChecks.matches(resource),
  },

  *judge(policy) {
    const target = policy.props.at("spec", "targetRef");
    const [group, kind] = [target.at("group"), target.at("kind")];
    const groups = Object.hasOwn(GROUPS_OF, kind.text ?? "")
      ? GROUPS_OF[kind.text ?? ""]
      : undefined;
    if (kind.unknown) {
      yield pending(target.unknown ? target : kind);
    } else if (kind.absent) {
      yield* absenceFindings(policy, kind);
    } else if (groups === undefined) {
      yield unknownKind(kind);
    } else if (group.unknown) {
      yield pending(group);
    } else if (group.absent) {
      yield* absenceFindings(policy, group);
    } else if (!groups.includes(group.text ?? "")) {
      yield violation(group, `${group} has no ${kind.text}`, `write "${groups[0]}"`);
    }
  },
});

/** backend-policy-fields requires the target of a GCPBackendPolicy. */
function* absenceFindings(policy: Resource, part: Value): Generator<Finding> {
  if (healthChecks.matches(policy)) {
    const problem = "is not set, so the policy attaches to nothing";
    yield violation(part, problem, `write that of the backend, such as a ${POOL_IMPORT}`);
  }
}

function unknownKind(kind: Value): Finding {
  const fix = nameHint(kind.text, KINDS, `write one of ${KINDS.join(", ")}`);
  return violation(kind, `${kind} is not a kind that such a policy attaches to`, fix);
}
