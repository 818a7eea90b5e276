import { Sandbox } from "../../stage/sandbox";
import type { Means } from "../../stage/means";
import { messageOf } from "../../toolchain/errors";

import type { Drill } from "./drill";

/** Runs each drill on a cloud of its own. @returns whether all ran and passed */
export async function runDrills(drills: readonly Drill[], means: Means): Promise<boolean> {
  let [passed, failed] = [0, 0];
  for (const drill of drills) {
    if (means.interruption.happened) break;
    const start = Date.now();
    const problem = await problemOf(drill, means);
    if (problem === undefined) passed++;
    else failed++;
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(
      `${problem === undefined ? "✓" : "✗"} ${drill.name} (${seconds} s)${problem === undefined ? "" : `\n${problem}`}`,
    );
  }
  console.log(`${passed} passed, ${failed} failed`);
  return passed === drills.length;
}

/** @returns why it failed; undefined where it passed */
async function problemOf(
  { name, run, prelude, serves }: Drill,
  { directories, toolchain, interruption }: Means,
): Promise<string | undefined> {
  const sandbox = await Sandbox.open(directories, toolchain, name, { prelude, serves });
  try {
    return await interruption.cutShort(run(sandbox)).then(() => undefined, messageOf);
  } finally {
    await sandbox.clear();
  }
}
