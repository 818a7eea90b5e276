import { getFeature } from "@pulumi/gcp/gkehub";
import * as pulumi from "@pulumi/pulumi";

export interface FleetClaimArgs {
  /** Id of the project whose fleet it is. */
  project: string;
  /** Ids of the memberships that this stack has. */
  membershipIds: string[];
}

/** As far as it is read; without an engine, as in a test, nothing at all is answered. */
interface Answer {
  specs?: { multiclusteringresses?: { configMembership: string }[] }[];
}

type Ask = (args: { project: string; location: string; name: string }) => Promise<Answer>;

const FEATURE = "multiclusteringress";
/** Said of a feature that is not there, and of the API that it would need. */
const NOT_THERE =
  /features\/multiclusteringress not found|API has not been used in project|SERVICE_DISABLED/;

/**
 * Refuses a fleet whose gateways belong to another stack. A fleet has the feature once, and the provider does not fail at
 * one that is there: it updates it (resource_gke_hub_feature.go, "Fleet feature already exists. Do an update if so"),
 * and everybody's multi-cluster Gateways would follow the config membership to this stack.
 *
 * It asks in every preview, so that nothing has been made yet; after an `up` without one there are APIs and a VPC, and no
 * cluster: clusters wait for the answer.
 * @param ask as the provider answers
 * @throws pulumi.RunError that says whose it is, and who mends it how
 */
export async function claimFleet(
  { project, membershipIds }: FleetClaimArgs,
  ask: Ask = getFeature,
): Promise<void> {
  const found = await configMembershipOf(project, ask);
  const own = membershipIds.map((id) => `locations/global/memberships/${id}`);
  if (!found || own.some((membership) => found.endsWith(`/${membership}`))) return;
  throw new pulumi.RunError(
    `The fleet of project ${project} has the feature ${FEATURE} already, and its config membership ${found} is none of ` +
      `this stack's (${membershipIds.join(", ")}). This stack would move it, and with it the Gateways of whoever has ` +
      "it. Where they are in use, give this stack another project (gcp:project): a fleet has one config cluster. Where " +
      `nobody uses them, their owner disables the feature: gcloud container fleet ingress disable --project ${project}. ` +
      "Where it is a cluster that this stack has just lost, keep that in `clusters` until another one is `configCluster`.",
  );
}

/** Reads it from the feature; undefined if there is no feature, empty if that names none. */
async function configMembershipOf(project: string, ask: Ask): Promise<string | undefined> {
  const feature: Answer | undefined = await ask({
    project,
    location: "global",
    name: FEATURE,
  }).catch((error: unknown) => {
    // A preview may lack the rights that an `up` has.
    if (pulumi.runtime.isDryRun() || NOT_THERE.test(String(error))) return undefined;
    throw error;
  });
  return feature?.specs?.[0]?.multiclusteringresses?.[0]?.configMembership;
}
