import type { Scenario } from "../scenario";
import { EAST, type Site, WEST } from "../site";
import { membersOf } from "../watch";

import { STEADY } from "./steady";

/** A spot node's notice in a real cluster; the kubelet gives pods that are not of the system the first 15 of 30 s. */
const NOTICE_SECONDS = 15;
/** Health checks every 5 s, twice: after that nobody should be sent to a server that is gone. */
const NOTICED_SECONDS = 10;

export const losing: readonly Scenario[] = [
  {
    name: "regionLost",
    title: "The other region takes over when all model servers of one are killed",
    run: async (site, findings) => {
      const seen = await site.under([{ ...STEADY, seconds: 20 }], async (during) => {
        await during.second(4);
        during.mark("servers killed");
        const undo = await site.hands.lose(WEST.cluster, "server");
        await during.second(16);
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
      const seen = await site.under([{ ...STEADY, seconds: 17 }], async (during) => {
        await during.second(4);
        during.mark("picker killed");
        const undo = await site.hands.lose(WEST.cluster, "picker");
        await during.second(12);
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
      const seen = await site.under([{ ...STEADY, seconds: 19 }], async (during) => {
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
];

/** Another node takes the place of one that is gone. */
async function serverBack(site: Site): Promise<void> {
  await site.until(`a server of ${WEST.region} again`, (traffic) =>
    membersOf(traffic).some(
      ({ region, healthyEndpoints }) => region === WEST.region && healthyEndpoints > 0,
    ),
  );
}
