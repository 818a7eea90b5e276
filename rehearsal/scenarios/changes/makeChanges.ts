import { enableSecrets, makeByHand } from "../../stage/byHand";
import { Ground } from "../../stage/ground";
import type { Means } from "../../stage/means";

import type { Change } from "./change";
import { Course } from "./course";
import { mendDrift } from "./drift/course";
import type { Drift } from "./drift/table";
import { RunningStack } from "./runningStack";
import { BASE, changes, MODEL } from "./table";
import { Tally } from "./tally";

/** Takes one running stack through drift and changes. @returns whether all passed */
export async function makeChanges(
  { places, toolchain, interruption }: Means,
  toMend: Drift[],
  toMake: Change[],
): Promise<boolean> {
  const ground = await Ground.lay(places, toolchain, "changes");
  const tally = new Tally(
    // Drift has one result more: that nothing else drifts.
    toMake.length + (toMend.length > 0 ? toMend.length + 1 : 0),
    process.env.PRINT !== undefined,
  );
  let passed = false;
  try {
    await enableSecrets(ground.cloud);
    await makeByHand(ground.cloud);
    const stack = new RunningStack(ground);
    const course = new Course(stack, BASE, changes, MODEL);
    if (toMend.length > 0) {
      await interruption.cutShort(course.reach(0));
      const results = await interruption.cutShort(mendDrift(stack, toMend));
      for (const { name, outcome } of results) tally.add(name, outcome);
    }
    for (const change of toMake) {
      if (interruption.happened) break;
      await tally.count(change.name, () => interruption.cutShort(course.make(change)));
    }
  } finally {
    await ground.clear();
    passed = tally.close();
  }
  return passed;
}
