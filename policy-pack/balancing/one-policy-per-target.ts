import { fleetOf } from "../fleet/fleet";
import { gcpBackendPolicies, healthCheckPolicies } from "../fleet/kinds";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";

import { keyOf, type Target, Targets } from "./targets";

/** Kinds of policy; a target takes one of each. */
const KINDS = [
  { kind: "GCPBackendPolicy", policies: gcpBackendPolicies },
  { kind: "HealthCheckPolicy", policies: healthCheckPolicies },
];

export const onePolicyPerTarget = stackPolicy({
  name: "one-policy-per-target",
  description: "Each backend has at most one GCPBackendPolicy and one HealthCheckPolicy.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Merge the policies of a target into one. GKE applies one of them and silently ignores the " +
    "others: a timeout, for example, is lost.",
  url: "https://gateway-api.sigs.k8s.io/geps/gep-713/",
  settings: {},

  *judge(stack) {
    const targets = new Targets(stack);
    for (const { kind, policies } of KINDS) {
      for (const together of fleetOf(stack).byMember(stack.select(policies)).values()) {
        const attached = together.map((policy) => {
          return targets.of(policy, policy.props.at("spec", "targetRef"));
        });
        yield* doubleFindings(kind, attached);
      }
    }
  },
});

/** Targets that have two policies of one kind in one cluster. */
function* doubleFindings(kind: string, attached: readonly Target[]): Generator<Finding> {
  const firstOf = new Map<string, Resource>();
  for (const target of attached) {
    const { holder, ref, hidden } = target;
    const key = keyOf(target);
    const first = key === undefined ? undefined : firstOf.get(key);
    if (first !== undefined) {
      const object = `${target.kind} ${target.namespace}/${target.name}`;
      const problem = `${object} has a ${kind} already, ${first.name}, and GKE applies one only`;
      yield on(holder, violation(ref, problem, "merge the two into one"));
    } else if (key !== undefined) {
      firstOf.set(key, holder);
    } else if (hidden !== undefined && attached.length > 1) {
      yield on(holder, pending(hidden));
    }
  }
}
