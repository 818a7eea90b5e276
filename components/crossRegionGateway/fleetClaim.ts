import { getFeature } from "@pulumi/gcp/gkehub";
import * as pulumi from "@pulumi/pulumi";

import { type FleetClaim, fleetClaimProblem, GATEWAY_FEATURE } from "../../checks/fleetClaim";

/** The part of the answer that is read; undefined without an engine, as in a test. */
interface Answer {
  specs?: { multiclusteringresses?: { configMembership: string }[] }[];
}

type Ask = (args: { project: string; location: string; name: string }) => Promise<Answer>;

/** Google's messages for a missing feature, and for its API while that is disabled. */
const NOT_THERE =
  /features\/multiclusteringress not found|API has not been used in project|SERVICE_DISABLED/;

/**
 * Refuses a fleet whose gateways belong to another stack. A fleet has the feature once. If it exists, the provider does
 * not fail but updates it (resource_gke_hub_feature.go, "Fleet feature already exists. Do an update if so"), and every
 * team's multi-cluster Gateways would follow the config membership to this stack.
 *
 * It asks in every preview, before anything exists. An `up` without a preview creates APIs and a VPC, but no cluster:
 * clusters wait for the answer.
 * @param ask the provider's lookup of the feature
 * @throws pulumi.RunError that names the config membership and the ways to resolve the conflict
 */
export async function claimFleet(claim: FleetClaim, ask: Ask = getFeature): Promise<void> {
  const problem = fleetClaimProblem(claim, await configMembershipOf(claim.project, ask));
  if (problem !== undefined) throw new pulumi.RunError(problem);
}

/** The feature's config membership; undefined without a feature, empty if the feature names none. */
async function configMembershipOf(project: string, ask: Ask): Promise<string | undefined> {
  const feature: Answer | undefined = await ask({
    project,
    location: "global",
    name: GATEWAY_FEATURE,
  }).catch((error: unknown) => {
    // A preview may lack the rights that an `up` has.
    if (pulumi.runtime.isDryRun() || NOT_THERE.test(String(error))) return undefined;
    throw error;
  });
  return feature?.specs?.[0]?.multiclusteringresses?.[0]?.configMembership;
}
