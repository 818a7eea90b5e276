import { enableSecrets, makeByHand } from "../../stage/byHand";
import { Sandbox } from "../../stage/sandbox";
import type { Means } from "../../stage/means";

import type { Change } from "./change";
import { Course } from "./course";
import { mendDrift } from "./drift/course";
import type { Drift } from "./drift/table";
import { RunningStack } from "./runningStack";
import { BASE, changes, MODEL } from "./table";
import { Results } from "./results";

/** Takes one running stack through drift and changes. @returns whether all passed */
export async function makeChanges(
  { directories, toolchain, interruption }: Means,
  toMend: Drift[],
  toMake: Change[],
): Promise<boolean> {
  const sandbox = await Sandbox.open(directories, toolchain, "changes");
  const results = new Results(
    // Drift has one result more: that nothing else drifts.
    toMake.length + (toMend.length > 0 ? toMend.length + 1 : 0),
    process.env.PRINT !== undefined,
  );
  let passed = false;
  try {
    await enableSecrets(sandbox.cloud);
    await makeByHand(sandbox.cloud);
    const stack = new RunningStack(sandbox);
    const course = new Course(stack, BASE, changes, MODEL);
    if (toMend.length > 0) {
      await interruption.cutShort(course.reach(0));
      const mended = await interruption.cutShort(mendDrift(stack, toMend));
      for (const { name, outcome } of mended) results.add(name, outcome);
    }
    for (const change of toMake) {
      if (interruption.happened) break;
      await results.count(change.name, () => interruption.cutShort(course.make(change)));
    }
  } finally {
    await sandbox.clear();
    passed = results.close();
  }
  return passed;
}
