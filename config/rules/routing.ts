import { regionsOf } from "../derived";
import { type Problem, refused } from "../problem";
import { LONGEST_TIMEOUT_SECONDS } from "../schema";

import { rule } from "./rule";

/** Rules about what the gateway does with a request. */
export const routingRules = [
  rule(["scopes", "clusters"], ({ scopes, clusters }) => {
    const known = regionsOf(clusters);
    return scopes.flatMap(({ region }, i): Problem[] => {
      const path = ["scopes", i, "region"];
      if (scopes.findIndex((other) => other.region === region) < i) {
        return [refused(path, region, "each region once: the first scope that fits is taken")];
      }
      return known.includes(region) ? [] : [refused(path, region, regionWithCluster(known))];
    });
  }),

  rule(["drained", "clusters"], ({ drained, clusters }) => {
    const known = regionsOf(clusters);
    if (known.length > 0 && known.every((region) => drained.includes(region))) {
      return [
        refused(["drained"], drained, "at most all regions but one: one must stay undrained"),
      ];
    }
    return drained.flatMap((region, i) =>
      known.includes(region) ? [] : [refused(["drained", i], region, regionWithCluster(known))],
    );
  }),

  rule(["drained", "scopes"], ({ drained, scopes }) =>
    scopes.flatMap(({ region, preferred, capacityPercent }, i): Problem[] => {
      if (!drained.includes(region)) return [];
      if (preferred) {
        const allowed = `false while ${region} is drained`;
        return [refused(["scopes", i, "preferred"], true, allowed)];
      }
      if (capacityPercent === 100) return [];
      const allowed = `nothing while ${region} is drained`;
      return [refused(["scopes", i, "capacityPercent"], capacityPercent, allowed)];
    }),
  ),

  rule(["p99LatencySeconds", "timeoutSeconds"], ({ p99LatencySeconds, timeoutSeconds }) => {
    const least = Math.ceil(2 * p99LatencySeconds);
    if (least > LONGEST_TIMEOUT_SECONDS) {
      const allowed = `at most ${LONGEST_TIMEOUT_SECONDS / 2}: the timeout is twice this and ends at ${LONGEST_TIMEOUT_SECONDS}`;
      return [refused(["p99LatencySeconds"], p99LatencySeconds, allowed)];
    }
    if (timeoutSeconds === undefined || timeoutSeconds >= least) return [];
    const allowed = `${least} to ${LONGEST_TIMEOUT_SECONDS}: at least twice p99LatencySeconds (${p99LatencySeconds})`;
    return [refused(["timeoutSeconds"], timeoutSeconds, allowed)];
  }),
];

function regionWithCluster(known: string[]): string {
  return `a region of a cluster with GPUs: ${known.join(", ")}`;
}
