import * as fs from "node:fs";
import * as path from "node:path";

import { Ground } from "../drill/ground";
import { policyPackCommand } from "../rehearse/commands";
import { lockState } from "../rehearse/lock";
import { placesFromEnv } from "../rehearse/places";
import { Stage } from "../rehearse/stage";
import { table } from "../rehearse/steps";

const RUNS = Number(process.env.RUNS || 5);

/**
 * `make bench`: how long a preview of `dev` takes on an empty cloud, with and without policies, as a ratio to the
 * preview of an empty program. Every round runs each once, so that all see the same machine.
 */
async function main(): Promise<void> {
  const places = placesFromEnv();
  lockState(places.state);
  const toolchain = await Stage.findToolchain(places);
  const full = await Ground.lay(places, toolchain, "bench");
  const empty = await Ground.lay(places, toolchain, "bench-empty");
  makeEmpty(empty.places.program);
  try {
    const seconds = {
      empty: [] as number[],
      dev: [] as number[],
      "dev with policies": [] as number[],
    };
    for (let run = 0; run <= RUNS; run++) {
      const round = {
        empty: await timed(() => empty.engine.preview()),
        dev: await timed(() => full.engine.preview()),
        "dev with policies": await timed(() =>
          full.engine.preview("--policy-pack", policyPackCommand(full.places)),
        ),
      };
      if (run === 0) continue; // The first fills the caches.
      for (const [name, taken] of Object.entries(round))
        seconds[name as keyof typeof seconds].push(taken);
    }
    const base = median(seconds.empty);
    const rows = Object.entries(seconds).map(([name, taken]) => [
      name,
      median(taken).toFixed(2),
      (median(taken) / base).toFixed(2),
    ]);
    console.log(table([`preview, median of ${RUNS}`, "seconds", "ratio"], rows));
  } finally {
    await Promise.all([full.clear(), empty.clear()]);
  }
}

/** The same settings and stack file, and a program that registers nothing. */
function makeEmpty(directory: string): void {
  fs.rmSync(path.join(directory, "index.ts"));
  fs.writeFileSync(path.join(directory, "index.ts"), "export {};\n");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
