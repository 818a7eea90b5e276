import { setTimeout as sleep } from "node:timers/promises";

import type { Scenario } from "../scenario";
import { WEST } from "../site";
import { membersOf } from "../watch";

import { LATE, TARGET_OF_AUTOSCALING } from "./late";

/** Twenty requests at a time, of a second each, take 42 % of a server's KV cache: more than one server's target. */
const LOAD = { from: WEST, requestsPerSecond: 20 };
const SEVERAL_SECONDS = 10;

export const scaling: readonly Scenario[] = [
  {
    name: "autoscalingAddsServer",
    title: "Autoscaling on the KV cache adds a server, which takes its share",
    settings: LATE,
    run: async (site, findings) => {
      const seen = await site.under([LOAD], async (during) => {
        await site.until("a second server that takes requests", (traffic) =>
          membersOf(traffic).some(
            ({ region, healthyEndpoints }) => region === WEST.region && healthyEndpoints === 2,
          ),
        );
        during.mark("second server");
        await sleep(SEVERAL_SECONDS * 1000);
      });
      const added = seen.markedAt("second server");
      // A look every 15 s at what held for 30: the autoscaler does nothing before.
      const before = seen.between(5, 20);
      const after = seen.between(added + SEVERAL_SECONDS / 2);
      const [full, relieved] = [before, after].map((part) => part.meanUtilization(WEST.region));
      findings.equal("failed requests", seen.failed.length, 0);
      findings.note("until the second server took requests", added, "s");
      findings.equal("servers that answered before", before.pods.size, 1);
      findings.equal("servers that answered afterwards", after.pods.size, 2);
      findings.atLeast("KV cache in use with one server", full, TARGET_OF_AUTOSCALING, "%");
      findings.atMost("with two, by that with one", (relieved ?? NaN) / (full ?? NaN), 0.7);
      return seen;
    },
  },
];
