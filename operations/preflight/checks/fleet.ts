import { disableCommand, fleetClaimProblem, GATEWAY_FEATURE } from "../../../checks/fleetClaim";
import { type Finding, ok, problem } from "../finding";
import { HUB } from "../google/apis";
import { allAnswered } from "../notAsked";
import { inStackFile, MEMBERSHIP, type Target } from "../target";

import type { Check } from "./check";

interface Membership {
  endpoint?: { gkeCluster?: { resourceLink?: string } };
}

interface Feature {
  spec?: { multiclusteringress?: { configMembership?: string } };
}

export const fleet: Check = {
  name: "fleet",
  asks: "whether the memberships' names and the fleet's multi-cluster Gateways are free, or this stack's",
  ask: (target) =>
    allAnswered(target, [
      () => ofFeature(target),
      ...Object.keys(target.settings.clusters).map((name) => () => ofMembership(name, target)),
    ]),
};

/** The program has the same rule. */
async function ofFeature({ google, project, settings }: Target): Promise<Finding[]> {
  const url = `${HUB}/${project}/locations/global/features/${GATEWAY_FEATURE}`;
  const feature = await google.find<Feature>(url);
  const membershipIds = Object.keys(settings.clusters);
  const found = feature?.spec?.multiclusteringress?.configMembership;
  const wrong = fleetClaimProblem({ project, membershipIds }, found);
  if (wrong !== undefined) return [problem(wrong, disableCommand(project))];
  return [ok(feature ? `${GATEWAY_FEATURE} is this stack's` : `${GATEWAY_FEATURE} is free`)];
}

async function ofMembership(name: string, target: Target): Promise<Finding[]> {
  const { google, project, made } = target;
  if (made.has(MEMBERSHIP, name)) return [ok(`membership ${name}: this stack's`)];
  const url = `${HUB}/${project}/locations/global/memberships/${name}`;
  const found = await google.find<Membership>(url);
  if (!found) return [ok(`membership ${name}: the name is free`)];
  const link = found.endpoint?.gkeCluster?.resourceLink ?? "a cluster outside of Google Cloud";
  const of = link.replace(/^\/\/container\.googleapis\.com\//, "");
  return [
    problem(
      `membership ${name} exists, of ${of}, and this stack did not make it`,
      inStackFile(target, `another name for ${name} under clusters`),
    ),
  ];
}
