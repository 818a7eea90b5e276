import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Cloud } from "../stage/cloud";
import { placesFromEnv } from "../stage/places";
import { endHelpersOfEngine, processesOf } from "../stage/processes";

/** `make clean`: ends what a rehearsal of this checkout left running, and removes all that it kept. */
async function main(): Promise<void> {
  const places = placesFromEnv();
  await (await Cloud.running(places))?.stop();
  endHelpersOfEngine(places.state);
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const left = processesOf(places.cloud).concat(
      processesOf(places.program),
      processesOf(places.library),
    );
    for (const { pid } of left) kill(pid, signal);
    if (left.length > 0) await sleep(1000);
  }
  fs.rmSync(places.state, { recursive: true, force: true });
  console.log(`removed ${places.state}`);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

void main();
