import { setTimeout as sleep } from "node:timers/promises";

import type { Operation } from "../../../stage/operation";
import type { Scenario } from "../scenario";
import { type During, EAST, PLACES, type Site, TOKENS, WEST } from "../site";
import { membersOf } from "../watch";

/** What both regions together bear with ease, and one of them alone, too. */
const STEADY = { from: WEST, requestsPerSecond: 8, tokens: TOKENS / 2 };
/** A spot node's notice in a real cluster; the kubelet gives pods that are not of the system the first 15 of 30 s. */
const NOTICE_SECONDS = 15;
/** Health checks every 5 s, twice: after that nobody should be sent to a server that is gone. */
const NOTICED_SECONDS = 10;

export const losing: readonly Scenario[] = [
  {
    name: "regionLost",
    title: "The other region takes over when all model servers of one are killed",
    run: async (site, findings) => {
      const seen = await site.under([{ ...STEADY, seconds: 24 }], async (during) => {
        await during.second(4);
        during.mark("servers killed");
        const undo = await site.hands.lose(WEST.cluster, "server");
        await during.second(18);
        during.mark("servers back");
        await undo();
      });
      const after = seen.markedAt("servers killed") + NOTICED_SECONDS;
      const there = seen.between(after, seen.markedAt("servers back"));
      findings.note("failed requests", seen.failed.length);
      findings.atMost("seconds from the first failure to the last", seen.secondsOfFailure, 10, "s");
      findings.equal("failed requests after 10 s", there.failed.length, 0);
      findings.equal(
        `answered in ${EAST.region} after 10 s`,
        there.sharePercent(EAST.region),
        100,
        "%",
      );
      return seen;
    },
  },
  {
    name: "pickerLost",
    title: "FailOpen: servers answer although the endpoint picker is killed",
    run: async (site, findings) => {
      const seen = await site.under([{ ...STEADY, seconds: 22 }], async (during) => {
        await during.second(4);
        during.mark("picker killed");
        const undo = await site.hands.lose(WEST.cluster, "picker");
        await during.second(13);
        during.mark("picker back");
        await undo();
      });
      const killed = seen.markedAt("picker killed");
      const without = seen.between(killed + NOTICED_SECONDS / 2, seen.markedAt("picker back"));
      findings.note("failed requests while it was killed", seen.failed.length);
      findings.atMost("seconds from the first failure to the last", seen.secondsOfFailure, 5, "s");
      findings.equal("failed requests from 5 s after on", without.failed.length, 0);
      findings.equal(
        `answered in ${WEST.region} without a picker`,
        without.sharePercent(WEST.region),
        100,
        "%",
      );
      return seen;
    },
  },
  {
    name: "spotNodeReclaimed",
    title:
      "A spot node is reclaimed: its server ends its requests in time, the other region takes the rest",
    run: async (site, findings) => {
      let seconds = Infinity;
      const seen = await site.under([{ ...STEADY, seconds: 25 }], async (during) => {
        await during.second(3);
        during.mark("notice");
        const begun = Date.now();
        await site.hands.reclaimNode(WEST.cluster, NOTICE_SECONDS);
        seconds = (Date.now() - begun) / 1000;
        during.mark("node gone");
      });
      const notice = seen.markedAt("notice");
      findings.equal("failed requests of before", seen.between(0, notice).failed.length, 0);
      findings.note("failed requests, until it was noticed", seen.failed.length);
      const after = seen.between(notice + NOTICED_SECONDS);
      findings.equal("failed requests after 10 s", after.failed.length, 0);
      findings.atMost("until the node was empty", seconds, NOTICE_SECONDS + 2, "s");
      await serverBack(site);
      return seen;
    },
  },
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

/** Another node takes the place of one that is gone. */
async function serverBack(site: Site): Promise<void> {
  await site.until(`a server of ${WEST.region} again`, (traffic) =>
    membersOf(traffic).some(
      ({ region, healthyEndpoints }) => region === WEST.region && healthyEndpoints > 0,
    ),
  );
}
