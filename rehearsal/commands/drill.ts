import { lockState } from "../stage/lock";
import { placesFromEnv } from "../stage/places";
import { Stage } from "../stage/stage";
import { shardOf } from "../scenarios/shard";
import { messageOf } from "../toolchain/errors";

import { faultDrills } from "../scenarios/faults/faults";
import { Ground } from "../stage/ground";
import { policyDrills } from "../scenarios/alterations/policyDrills";
import { type RuleDrill, ruleDrills } from "../scenarios/alterations/rules";

/** `make drill`: each drill on a cloud of its own; the last line counts what passed and what failed. */
async function main(): Promise<void> {
  const places = placesFromEnv();
  lockState(places.state);
  const chosen = [
    ...ruleDrills.map((rule) => ({
      name: rule.name,
      run: (ground: Ground) => drillRule(rule, ground),
      mutation: rule.timeScale === undefined ? rule.name : undefined,
    })),
    ...faultDrills,
    ...policyDrills.map(({ name, run }) => ({ name, run, mutation: undefined })),
  ].filter(({ name }) => name.toLowerCase().includes((process.env.ONLY ?? "").toLowerCase()));

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
  for (const { name, run, mutation } of drills) {
    if (interrupted) break;
    const start = Date.now();
    ground = await Ground.lay(places, toolchain, name, mutation);
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

/** What leads to each step that may have to fail, and that step. */
const STEPS = {
  up: ["up"],
  again: ["up", "again"],
  verify: ["up", "verify"],
  fields: ["up", "fields"],
  destroy: ["up", "verify", "destroy"],
} as const;

/** @throws unless the expected step fails, and says what is wrong */
async function drillRule(rule: RuleDrill, ground: Ground): Promise<void> {
  const { fails, message, timeScale, settings } = rule;
  if (settings) ground.configure((config) => Object.assign(config, settings));
  const steps = STEPS[fails];
  for (const step of steps) {
    if (step === fails && timeScale !== undefined) await ground.cloud.turn({ timeScale });
    const said = await ground[step]().then(() => undefined, messageOf);
    if (said === undefined && step !== fails) continue;
    if (said === undefined) {
      throw new Error(`${step} passed; it should have failed with ${message}`);
    }
    const words = [said, ...(await ground.cloud.diagnose())].join("\n");
    if (step !== fails) throw new Error(`${step} failed, not ${fails}:\n${words}`);
    if (!message.test(words)) throw new Error(`${step} failed, but not with ${message}:\n${words}`);
    return;
  }
}

void main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
