import { gcpBackendPolicies, POOL_IMPORT } from "../fleet/kinds";
import { type Finding, reliability, stackPolicy, type Value, violation } from "../frame";

import { Targets } from "./targets";
import { routedImports, unattachedFindings } from "./unattached";

export const routedPoolBalanced = stackPolicy({
  name: "routed-pool-balanced",
  description: "Each imported pool that a route leads to has a GCPBackendPolicy.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Give each pool that a route names a GCPBackendPolicy in the namespace of its import, with " +
    "timeoutSec and what to balance on. Where another stack makes it, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/customize-backend-multicluster-inference-gateway",
  settings: {},

  *judge(stack) {
    const targets = new Targets(stack);
    const policies = stack.select(gcpBackendPolicies).map((policy) => {
      return targets.of(policy, policy.props.at("spec", "targetRef"));
    });
    yield* unattachedFindings(stack, routedImports(stack, targets), policies, missing);
  },
});

function missing(ref: Value): Finding {
  const problem = `${POOL_IMPORT} ${ref.at("name")} has no GCPBackendPolicy in this namespace`;
  const fix =
    "add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing";
  return violation(ref, problem, fix);
}
