import type { Findings } from "../findings";
import type { Scenario } from "../scenario";
import type { Seen } from "../seen";
import { type Site, WEST } from "../site";

import { LATE } from "./late";

/** Together more than both regions bear below 80 % of their KV caches, where the picker calls a pool saturated. */
const STREAMS = [
  { name: "priority 10", objective: "food-review", requestsPerSecond: 40 },
  { name: "priority 0", requestsPerSecond: 48 },
  { name: "priority -1", objective: "batch", requestsPerSecond: 16 },
];

/** What waits then, takes as long again and more. */
const SECONDS = 9;

export const priorities: readonly Scenario[] = [
  {
    name: "prioritiesQueue",
    title: "With flow control, requests of a high priority pass those that wait",
    run: async (site, findings) => {
      const seen = await crowd(site);
      const [high, plain] = [medianOf(seen, "priority 10"), medianOf(seen, "priority 0")];
      noteEach(seen, findings);
      findings.equal("failed of priority 10", seen.of("priority 10").failed.length, 0);
      findings.atLeast("median of priority 0 by that of 10", plain / high, 1.3);
      findings.atLeast(
        "median of priority -1 by that of 0",
        medianOf(seen, "priority -1") / plain,
        1,
      );
      return seen;
    },
  },
  {
    name: "prioritiesIgnored",
    title: "Without flow control, priorities from 0 up are alike, and only those below 0 are shed",
    settings: LATE,
    run: async (site, findings) => {
      const seen = await crowd(site);
      const [high, plain] = [medianOf(seen, "priority 10"), medianOf(seen, "priority 0")];
      noteEach(seen, findings);
      findings.within("median of priority 0 by that of 10", plain / high, [0.8, 1.25]);
      findings.atLeast("shed of priority -1", seen.of("priority -1").failed.length, 1);
      findings.equal("failed of priority 0", seen.of("priority 0").failed.length, 0);
      return seen;
    },
  },
];

function crowd(site: Site): Promise<Seen> {
  return site.under(STREAMS.map((stream) => ({ ...stream, from: WEST, seconds: SECONDS })));
}

function medianOf(seen: Seen, stream: string): number {
  return seen.of(stream).latency(stream)?.p50 ?? NaN;
}

function noteEach(seen: Seen, findings: Findings): void {
  for (const { name } of STREAMS) {
    findings.note(`median of ${name}`, medianOf(seen, name), "s");
    findings.note(`not answered of ${name}`, seen.of(name).failed.length);
  }
}
