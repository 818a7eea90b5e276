import { enableSecrets, makeByHand } from "../stage/byHand";
import { Ground } from "../stage/ground";
import { lockState } from "../stage/lock";
import { placesFromEnv } from "../stage/places";
import { Stage } from "../stage/stage";
import { shardOf } from "../scenarios/shard";

import type { Change } from "../scenarios/changes/change";
import { Course } from "../scenarios/changes/course";
import { mendDrift } from "../scenarios/changes/drift/course";
import { type Drift, drifts } from "../scenarios/changes/drift/table";
import { RunningStack } from "../scenarios/changes/runningStack";
import { BASE, changes, MODEL } from "../scenarios/changes/table";
import { Tally } from "../scenarios/changes/tally";

/** `make changes`: one running stack; first drift, then every change of the table in turn. */
async function main(): Promise<void> {
  const places = placesFromEnv();
  lockState(places.state);
  const all = [...chosen(drifts), ...chosen(changes)];
  if (all.length === 0) throw new Error(`ONLY: no change has "${process.env.ONLY}" in its name`);
  const shard = shardOf(all);
  const toMend = drifts.filter((drift) => shard.includes(drift));
  const toMake = changes.filter((change) => shard.includes(change));

  const toolchain = await Stage.findToolchain(places);
  const ground = await Ground.lay(places, toolchain, "changes");
  const tally = new Tally(
    // Drift has one result more: that nothing else drifts.
    toMake.length + (toMend.length > 0 ? toMend.length + 1 : 0),
    process.env.PRINT !== undefined,
  );
  try {
    await rehearse(ground, toMend, toMake, tally);
  } finally {
    await ground.clear();
    process.exitCode = tally.close() ? 0 : 1;
  }
}

async function rehearse(
  ground: Ground,
  toMend: Drift[],
  toMake: Change[],
  tally: Tally,
): Promise<void> {
  let interrupted = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      interrupted = true;
      ground.engine.signal("SIGKILL");
    });
  }
  await enableSecrets(ground.cloud);
  await makeByHand(ground.cloud);
  const stack = new RunningStack(ground);
  const course = new Course(stack, BASE, changes, MODEL);
  if (toMend.length > 0) {
    await course.reach(0);
    for (const { name, outcome } of await mendDrift(stack, toMend)) tally.add(name, outcome);
  }
  for (const change of toMake) {
    if (interrupted) return;
    await tally.count(change.name, () => course.make(change));
  }
}

/** `ONLY=<part of a name>` chooses some. */
function chosen<T extends { name: string }>(all: T[]): T[] {
  const part = (process.env.ONLY ?? "").toLowerCase();
  return all.filter(({ name }) => name.toLowerCase().includes(part));
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
