import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import * as yaml from "js-yaml";

import { mergePatch } from "../../stage/program";
import { executablesOnPath } from "../../toolchain/pathSearch";
import { messageOf } from "../../toolchain/errors";
import { expectWords } from "../expectWords";
import { says } from "../faults/teardown";

import { type Edit, inRehearsal, type Step, type Typed } from "./step";
import type { Scene } from "./scene";

/** How long what a command has set going may take until it is seen. */
const SETTLE_MS = 60_000;
const POLL_MS = 500;
/** Longer than a write of the engine's state takes: a kill in the middle of one would leave half a state. */
const REST_MS = 300;

/**
 * Settings of every command: nobody answers questions; and no preview before an update, to save time.
 */
const SETTINGS = {
  PULUMI_SKIP_CONFIRMATIONS: "true",
  PULUMI_OPTION_SKIP_PREVIEW: "true",
  CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
  // The `make` that runs this has set them.
  ...{ MAKEFLAGS: "", MFLAGS: "", MAKELEVEL: "" },
};

/** Makes one step after another. @throws at the first that has not its effect, with its command and what it printed */
export async function play(scene: Scene, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const start = Date.now();
    if ("edit" in step) edit(scene, step);
    else await type(scene, step);
    if (process.env.PRINT) {
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      console.log(`${seconds.padStart(7)} s  ${"edit" in step ? step.edit : step.command}`);
    }
  }
}

function edit({ sandbox }: Scene, { edit: text, words, undone = false }: Edit): void {
  const settings = yaml.load(inRehearsal(text, words)) as Record<string, unknown>;
  sandbox.configure((config) => {
    for (const [key, value] of Object.entries(settings)) {
      if (undone) Reflect.deleteProperty(config, key);
      else config[key] = mergePatch(config[key], value);
    }
  });
}

async function type(scene: Scene, step: Typed): Promise<void> {
  const line = [inRehearsal(step.command, step.words), step.more ?? []].flat().join(" ");
  try {
    await step.before?.(scene);
    const said =
      (await isMissing(line)) && step.orElse
        ? await step.orElse(scene)
        : await run(scene, step, line);
    await eventually(async () => step.seen?.(scene, said ?? ""));
  } catch (error) {
    throw new Error(`\`${step.command}\`, typed as \`${line}\`: ${messageOf(error)}`);
  }
}

/** @returns what it printed */
async function run(scene: Scene, step: Typed, line: string): Promise<string> {
  const { cloud } = scene.sandbox;
  const operation = scene.sandbox.type(line, {
    ...SETTINGS,
    KUBECONFIG: scene.kubeconfig,
    ...(step.asOwner && { CLOUDSDK_AUTH_ACCESS_TOKEN: await cloud.token() }),
    ...step.env,
    ...(await step.envOf?.(scene)),
  });
  if (step.killedAt) {
    await says(operation, step.killedAt);
    await untilStateRests(scene);
    operation.kill();
  }
  const code = await operation.end();
  const said = operation.output;
  const ended = step.killedAt
    ? code === null
    : step.refused
      ? code !== 0 && code !== null
      : code === 0;
  if (!ended) {
    const expected = step.refused ? "refused" : "passed";
    throw new Error(`it should have ${expected}, and ended with ${code}:\n${said}`);
  }
  expectWords(said, [...(step.says ?? [])]);
  return said;
}

/** Only `gcloud` may be missing: the toolchain has the others. */
async function isMissing(line: string): Promise<boolean> {
  if (!line.startsWith("gcloud ")) return false;
  if ((await executablesOnPath("gcloud", process.env)).length > 0) return false;
  console.log(`  gcloud is not installed; only its effect was made: ${line}`);
  return true;
}

async function untilStateRests({ sandbox: { directories } }: Scene): Promise<void> {
  const folder = path.join(directories.engine, "stacks/.pulumi/stacks/inference-gateway");
  const file = path.join(folder, "dev.json");
  for (let before = -1; ; await sleep(REST_MS)) {
    const { mtimeMs } = fs.statSync(file);
    if (mtimeMs === before) return;
    before = mtimeMs;
  }
}

/** Repeats a check until it holds. @throws what it throws last */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + SETTLE_MS; ; await sleep(POLL_MS)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
