import type { Failure, Outcome } from "../support/engine";

import { type Leftover, leftoverBehind } from "./leftovers";

const FEATURE = "gcp:gkehub/feature:Feature";
/** Google's message while it deletes the load balancer of a deleted Gateway. */
const WORDS = "Feature has associated resources that should be cleaned up before deletion";

/** The reason of a refusal that Google lifts after some minutes. */
export interface Refusal {
  /** Whether it keeps the feature (GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#3). */
  feature: boolean;
  leftovers: Leftover[];
}

/** Why a command failed, if only for reasons that pass by themselves; otherwise undefined. */
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
