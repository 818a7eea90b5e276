import type { Region } from "../../catalog/regions";
import { regionsOf } from "../derived";
import { refused } from "../problem";
import { atEach, known } from "../readable";
import { LONGEST_TIMEOUT_SECONDS, type Settings } from "../schema";

import { doubles, type Rule } from "./rule";

/** Rules about what the gateway does with a request. */
export const routingRules: Rule[] = [
  ({ scopes }) => {
    const regions = [...scopes.keys()].map((i) => known(() => scopes[i]?.region));
    const allowed = "each region once: the first scope that fits is taken";
    return doubles(["scopes"], regions, allowed, "region");
  },
  ({ drained }) => doubles(["drained"], regionsIn(drained), "each region once"),

  ({ scopes, clusters }) => {
    const ours = regionsOf(clusters);
    return atEach(scopes, ({ region }, i) =>
      ours.includes(region)
        ? []
        : [refused(["scopes", i, "region"], region, regionWithCluster(ours))],
    );
  },
  ({ drained, clusters }) => {
    const ours = regionsOf(clusters);
    return atEach(drained, (region, i) =>
      ours.includes(region) ? [] : [refused(["drained", i], region, regionWithCluster(ours))],
    );
  },

  (settings) => {
    const { drained, scopes, clusters } = settings;
    const ours = regionsOf(clusters);
    const closed = [...drained, ...atEach(scopes, closedBy)];
    if (ours.length === 0 || !ours.every((region) => closed.includes(region))) return [];
    const allowed = "at most all regions but one: one must stay undrained";
    if (ours.every((region) => drained.includes(region))) {
      return [refused(["drained"], drained, allowed)];
    }
    return scopes.flatMap(({ capacityPercent }, i) =>
      capacityPercent === 0
        ? [refused(["scopes", i, "capacityPercent"], 0, `1 or more: no region has capacity left`)]
        : [],
    );
  },

  ({ drained, scopes }) =>
    atEach(scopes, ({ region, preferred, capacityPercent }, i) => {
      const isDrained = regionsIn(drained).includes(region);
      if (preferred && (isDrained || capacityPercent === 0)) {
        const why = isDrained ? `${region} is drained` : "capacityPercent is 0, which drains it";
        return [refused(["scopes", i, "preferred"], true, `false while ${why}`)];
      }
      if (!isDrained || capacityPercent === 100) return [];
      const allowed = `nothing while ${region} is drained`;
      return [refused(["scopes", i, "capacityPercent"], capacityPercent, allowed)];
    }),

  ({ p99LatencySeconds }) => {
    if (2 * p99LatencySeconds <= LONGEST_TIMEOUT_SECONDS) return [];
    const allowed = `at most ${LONGEST_TIMEOUT_SECONDS / 2}: the timeout is twice this and ends at ${LONGEST_TIMEOUT_SECONDS}`;
    return [refused(["p99LatencySeconds"], p99LatencySeconds, allowed)];
  },

  ({ p99LatencySeconds, timeoutSeconds }) => {
    const least = Math.ceil(2 * p99LatencySeconds);
    if (timeoutSeconds === undefined || timeoutSeconds >= least) return [];
    if (least > LONGEST_TIMEOUT_SECONDS) return [];
    const allowed = `${least} to ${LONGEST_TIMEOUT_SECONDS}: at least twice p99LatencySeconds (${p99LatencySeconds})`;
    return [refused(["timeoutSeconds"], timeoutSeconds, allowed)];
  },
];

/** The region that a scope drains as `drained` does. */
function closedBy({ region, capacityPercent }: Settings["scopes"][number]): Region[] {
  return capacityPercent === 0 ? [region] : [];
}

function regionsIn(drained: Region[]): (Region | undefined)[] {
  return [...drained.keys()].map((i) => known(() => drained[i]));
}

function regionWithCluster(known: string[]): string {
  return `a region of a cluster with GPUs: ${known.join(", ")}`;
}
