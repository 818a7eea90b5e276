import type { Failure, Outcome } from "../support/engine";

import { type Leftover, leftoverBehind } from "./leftovers";

const FEATURE = "gcp:gkehub/feature:Feature";
/** Google's words while the load balancer of a Gateway that went is taken down behind the scenes. */
const WORDS = "Feature has associated resources that should be cleaned up before deletion";

/** Why Google refuses, for some minutes, what it does later. */
export interface Refusal {
  /** Whether it keeps the feature (GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#3). */
  feature: boolean;
  leftovers: Leftover[];
}

/** Why a command failed, if that passes by itself; undefined if anything else failed, too. */
export function refusalOf(outcome: Outcome): Refusal | undefined {
  if (outcome.kind !== "failed" || outcome.errors.length > 0) return undefined;
  const others = outcome.failures.filter((failure) => !isOfFeature(failure));
  const leftovers = others.flatMap((failure) => leftoverBehind(failure) ?? []);
  const passes = outcome.failures.length > 0 && leftovers.length === others.length;
  return passes ? { feature: others.length < outcome.failures.length, leftovers } : undefined;
}

function isOfFeature({ operation, type, messages }: Failure): boolean {
  return (
    operation === "delete" && type === FEATURE && messages.some((said) => said.includes(WORDS))
  );
}
