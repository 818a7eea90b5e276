import { setTimeout as sleep } from "node:timers/promises";

import type { Operation } from "../../../stage/operation";
import type { Scenario } from "../scenario";
import { type During, EAST, PLACES, type Site, WEST } from "../site";
import { membersOf } from "../watch";

import { STEADY } from "./steady";

/** It leaves another model behind, which the next deployment of settings replaces: so nothing without settings follows. */
export const rollingOut: readonly Scenario[] = [
  {
    name: "rolloutLosesNothing",
    title: "A roll-out drains each region by pulumi up and loses no request",
    run: async (site, findings) => {
      // Short waits, and no preview that looks for other changes: there are no others.
      const waits = { DRAIN_SECONDS: "2", SETTLE_SECONDS: "4" };
      const settings = { STACK: "dev", YES: "1", OTHER_CHANGES: "1", ...waits };
      const before = await serversOf(site);
      site.configure({ model: { revision: "another-one" } });
      const seen = await site.under([STEADY], async (during) => {
        const rollout = site.sandbox.operate("rollout", settings);
        const marking = markSteps(rollout, during);
        await rollout.succeed();
        await marking;
        during.mark("rolled out");
      });
      const after = await serversOf(site);
      findings.equal("failed requests", seen.failed.length, 0);
      findings.equal("servers that stayed", after.filter((pod) => before.includes(pod)).length, 0);
      findings.equal("servers afterwards", after.length, PLACES.length);
      for (const { from, to, drained, serves } of DRAINED) {
        const stretch = seen.between(seen.markedAt(from), seen.markedAt(to));
        const share = stretch.sharePercent(serves.region);
        findings.equal(
          `answered in ${serves.region} while ${drained.region} is drained`,
          share,
          100,
          "%",
        );
      }
      return seen;
    },
  },
];

/** Steps of the roll-out between which a region is drained, and the one that serves. */
const DRAINED = [
  { from: "roll gke-east", to: "restore traffic to us-east4", drained: EAST, serves: WEST },
  { from: "roll gke-west", to: "restore traffic to europe-west3", drained: WEST, serves: EAST },
];

/** Marks each step when the command says that it begins. */
async function markSteps(rollout: Operation, during: During): Promise<void> {
  const end = rollout.end().then(() => true);
  let marked = 0;
  for (let ended = false; !ended;) {
    ended = await Promise.race([end, sleep(100).then(() => false)]);
    const titles = [...rollout.output.matchAll(/^\[\d\/\d\] (.*)$/gm)].map(
      ([, title = ""]) => title,
    );
    titles.slice(marked).forEach((title) => during.mark(title));
    marked = titles.length;
  }
}

async function serversOf(site: Site): Promise<string[]> {
  const traffic = await site.sandbox.cloud.traffic();
  return membersOf(traffic).flatMap(({ endpoints }) => endpoints.map(({ pod }) => pod));
}
