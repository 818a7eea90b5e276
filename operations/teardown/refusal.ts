import type { Failure, Outcome } from "../support/engine";

const FEATURE = "gcp:gkehub/feature:Feature";
/** Google's words while the load balancer of a Gateway that went is taken down behind the scenes. */
const WORDS = "Feature has associated resources that should be cleaned up before deletion";

/**
 * Whether a command failed by nothing but this: Google refuses to delete the multi-cluster feature for some minutes
 * after the last Gateway went (GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#3). It passes by itself.
 */
export function isFeatureRefusal(outcome: Outcome): boolean {
  return (
    outcome.kind === "failed" &&
    outcome.errors.length === 0 &&
    outcome.failures.length > 0 &&
    outcome.failures.every(isRefusal)
  );
}

function isRefusal({ operation, type, messages }: Failure): boolean {
  return (
    operation === "delete" && type === FEATURE && messages.some((said) => said.includes(WORDS))
  );
}
