import * as os from "node:os";

import { lockState } from "../stage/lock";
import { placesFromEnv } from "../stage/places";

import { makespan } from "../scenarios/bench/makespan/makespan";
import { policies } from "../scenarios/bench/policies";
import { preview } from "../scenarios/bench/preview";
import { regions } from "../scenarios/bench/regions";
import type { Section } from "../scenarios/bench/section";

const SECTIONS: Section[] = [preview, policies, regions, makespan];

/** `make bench`: figures of one machine, each set against another that the same run measured. */
async function main(): Promise<void> {
  const chosen = choose(process.env.ONLY);
  const places = placesFromEnv();
  lockState(places.state);
  for (const { name, run } of chosen) {
    const load = `${os.cpus().length} cores, load average ${(os.loadavg()[0] ?? 0).toFixed(1)}`;
    console.log(`\n${name} (${load})\n\n${await run(places)}`);
  }
}

/** @throws Error where `only` is none of them */
function choose(only: string | undefined): Section[] {
  if (!only) return SECTIONS;
  const chosen = SECTIONS.filter(({ name }) => name === only);
  if (chosen.length > 0) return chosen;
  const names = SECTIONS.map(({ name }) => name).join(", ");
  throw new Error(`ONLY=${only}: no section of this name; allowed: ${names}`);
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
