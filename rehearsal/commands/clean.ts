import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Cloud } from "../stage/cloud";
import { endHelpersOfEngine, processesOf, signalIfThere } from "../stage/processes";

import { runCommand } from "./frame/command";

/**
 * `make clean`: ends the processes that a rehearsal of this checkout left, and removes its files. While a rehearsal
 * runs it refuses, as every command does, because the cloud and the state are in use.
 */
runCommand(async (directories) => {
  await (await Cloud.running(directories))?.stop();
  endHelpersOfEngine(directories.state);
  const inUse = [directories.cloud, directories.program, directories.library];
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const left = inUse.flatMap((directory) => processesOf(directory));
    for (const { pid } of left) signalIfThere(pid, signal);
    if (left.length > 0) await sleep(1000);
  }
  fs.rmSync(directories.state, { recursive: true, force: true });
  console.log(`removed ${directories.state}`);
});
