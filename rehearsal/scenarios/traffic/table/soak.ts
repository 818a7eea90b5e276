import type { Scenario } from "../scenario";
import { PLACES } from "../site";
import { type Vitals, vitalsOf } from "../vitals";

const REQUESTS = 10_000;
/** How many requests are under way at a time, and with them the least number of connections, does not depend on the machine. */
const CLIENTS = 16;
/** Buffers and pools fill first. */
const WARM_UP = 1_000;
/** What a garbage collector may not have given back yet. */
const MEMORY_MIB = 40;
/** Connections come and go. */
const FILES = 2 * CLIENTS;

export const soak: readonly Scenario[] = [
  {
    name: "nothingLeaks",
    title: `${REQUESTS} requests leave no process, no socket and no memory behind`,
    run: async (site, findings) => {
      const send = (requests: number) =>
        site.under(
          PLACES.map((from) => ({
            from,
            tokens: 1,
            requests: requests / PLACES.length,
            clients: CLIENTS / PLACES.length,
          })),
        );
      await send(WARM_UP);
      await site.untilHealthy();
      const before = vitalsOf(site.sandbox.cloud.pid);
      const seen = await send(REQUESTS);
      await site.untilHealthy();
      const after = vitalsOf(site.sandbox.cloud.pid);

      findings.equal("requests", seen.answers.length, REQUESTS);
      findings.equal("failed requests", seen.failed.length, 0);
      findings.equal("processes more", after.length - before.length, 0);
      for (const { pid, program, files, memoryMib } of after) {
        const then = before.find((process) => process.pid === pid);
        const more = (what: keyof Pick<Vitals, "files" | "memoryMib">, now: number) =>
          now - (then?.[what] ?? NaN);
        findings.atMost(`${program} ${pid}: open files more`, more("files", files), FILES);
        findings.atMost(
          `${program} ${pid}: memory more`,
          more("memoryMib", memoryMib),
          MEMORY_MIB,
          "MiB",
        );
      }
      return seen;
    },
  },
];
