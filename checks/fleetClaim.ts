/** The fleet's feature of multi-cluster gateways. A fleet has it once. */
export const GATEWAY_FEATURE = "multiclusteringress";

export interface FleetClaim {
  /** Id of the project whose fleet it is. */
  project: string;
  /** Ids of the memberships that this stack has. */
  membershipIds: string[];
}

/**
 * Why this stack must not take the feature over; undefined if it may.
 * @param found the feature's config membership; undefined without a feature, empty if the feature names none
 */
export function fleetClaimProblem(
  { project, membershipIds }: FleetClaim,
  found: string | undefined,
): string | undefined {
  const own = membershipIds.map((id) => `locations/global/memberships/${id}`);
  if (!found || own.some((membership) => found.endsWith(`/${membership}`))) return undefined;
  return (
    `The fleet of project ${project} already has the feature ${GATEWAY_FEATURE} with the config membership ${found}; allowed: ` +
    `one of this stack's (${membershipIds.join(", ")}). This stack would move the feature and the Gateways that use it. ` +
    "If another team uses them, give this stack another project (gcp:project): a fleet has one config cluster. If they " +
    `are not in use, their owner disables the feature: ${disableCommand(project)}. ` +
    "If this stack has just removed that cluster, keep it in `clusters` until another one is `configCluster`."
  );
}

/** For the owner of the feature. */
export function disableCommand(project: string): string {
  return `gcloud container fleet ingress disable --project ${project}`;
}
