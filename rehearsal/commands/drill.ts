import { lockState } from "../stage/lock";
import { placesFromEnv } from "../stage/places";
import { Stage } from "../stage/stage";
import { shardOf } from "../scenarios/shard";
import { messageOf } from "../toolchain/errors";

import { faultDrills } from "../scenarios/faults/faults";
import { Ground } from "../stage/ground";
import { cloudDrills } from "../scenarios/alterations/cloudDrills";
import { policyDrills } from "../scenarios/alterations/policyDrills";

/** `make drill`: each drill on a cloud of its own; the last line counts what passed and what failed. */
async function main(): Promise<void> {
  const places = placesFromEnv();
  lockState(places.state);
  const chosen = [...cloudDrills, ...faultDrills, ...policyDrills].filter(({ name }) =>
    name.toLowerCase().includes((process.env.ONLY ?? "").toLowerCase()),
  );

  if (chosen.length === 0) throw new Error(`ONLY: no drill has "${process.env.ONLY}" in its name`);
  const drills = shardOf(chosen);
  const toolchain = await Stage.findToolchain(places);

  let interrupted = false;
  let ground: Ground | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      interrupted = true;
      ground?.interrupt();
    });
  }

  let [passed, failed] = [0, 0];
  for (const { name, run, prelude } of drills) {
    if (interrupted) break;
    const start = Date.now();
    ground = await Ground.lay(places, toolchain, name, prelude);
    const problem = await run(ground).then(() => undefined, messageOf);
    if (problem === undefined) passed++;
    else failed++;
    await ground.clear();
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(
      `${problem === undefined ? "✓" : "✗"} ${name} (${seconds} s)${problem === undefined ? "" : `\n${problem}`}`,
    );
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = passed < drills.length ? 1 : 0;
}

void main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
