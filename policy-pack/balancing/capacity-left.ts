import { fleetOf, type Member, regionOf } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { inferencePools, POOL_IMPORT } from "../fleet/kinds";
import {
  allOn,
  type Finding,
  listed,
  on,
  pending,
  reliability,
  requireValue,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { PoolsByName } from "../pools/poolsByName";

import { inferenceBackendPolicies } from "./backendPolicy";
import { drains } from "./drain";
import { strayFindings } from "./scopeSelectors";
import { Targets } from "./targets";

export const capacityLeft = stackPolicy({
  name: "capacity-left",
  description: "A backend policy leaves some of its pool's clusters capacity to serve requests.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set capacityScalerPercent above 0 for at least one cluster of the pool. To drain a region " +
    "give that region alone a scope with 0. Where clusters of another stack serve the pool, " +
    "disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/customize-backend-multicluster-inference-gateway",
  settings: {},

  *judge(stack) {
    const targets = new Targets(stack);
    const pools = new PoolsByName(stack.select(inferencePools), targets);
    for (const policy of stack.select(inferenceBackendPolicies)) {
      const defaults = policy.props.at("spec", "default");
      const target = targets.of(policy, policy.props.at("spec", "targetRef"));
      yield* defaultFindings(policy, defaults.at("capacityScalerPercent"));
      const served = pools.of(target);
      if (target.kind === POOL_IMPORT && served.length > 0) {
        const all = [...served, ...pools.perhapsOf(target)];
        const members = [...fleetOf(stack).byMember(all).keys()];
        yield* allOn(policy, strayScopes(defaults.at("scopes"), members));
        for (const finding of scopesFindings(policy, defaults.at("scopes"), members)) {
          // A chart may put the pool into more clusters.
          yield missing(stack, { namespace: target.namespace }, finding);
        }
      }
    }
  },
});

function defaultFindings(policy: Resource, capacity: Value): Iterable<Finding> {
  const whenWrong = capacity.raw === 0 ? "0 leaves no backend any capacity" : undefined;
  const fix = "set it above 0, or drain single regions in spec.default.scopes";
  return allOn(policy, requireValue(capacity, { whenWrong, fix }));
}

function* scopesFindings(
  policy: Resource,
  scopes: Value,
  members: readonly Member[],
): Generator<Finding> {
  if (scopes.unknown) {
    yield on(policy, pending(scopes));
  }
  const drained = members.map(({ cluster }) => drains(scopes.items ?? [], cluster));
  if (drained.includes(false)) {
    return;
  }
  const hidden = drained.filter((each) => typeof each !== "boolean");
  for (const capacity of hidden) {
    yield on(policy, pending(capacity));
  }
  if (hidden.length === 0) {
    const problem = `drain every cluster of the pool (${listed(members.map(({ name }) => name))}), so nothing serves it`;
    const fix = "give at least one of them a capacityScalerPercent above 0";
    yield on(policy, violation(scopes, problem, fix));
  }
}

/** Scopes of other regions; none as long as the region of a cluster is not known. */
function strayScopes(scopes: Value, members: readonly Member[]): Iterable<Finding> {
  const regions = members.map(({ cluster }) => cluster && regionOf(cluster));
  const known = regions.flatMap((region) => region ?? []);
  return known.length < regions.length ? [] : strayFindings(scopes, known);
}
