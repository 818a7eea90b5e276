import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { PROJECT } from "../../stage/program";

import { expectWords } from "../expectWords";
import type { Drill } from "../drills/drill";
import { type Sandbox, until } from "../../stage/sandbox";
import type { Operation } from "../../stage/operation";

/** At this scale Google refuses to delete the feature for 15 s after the Gateway went, and a plain `destroy` fails. */
const SLOW = 0.05;
/** Slow enough to interrupt it on the way. */
const STOPPABLE = 0.01;
/** Longer than a write of the state takes, shorter than a deletion at this scale. */
const REST_MS = 300;
export const SETTINGS = { STACK: "dev", YES: "1", RETRY_SECONDS: "3" };

/** `make teardown`, on the real engine. */
export const teardownDrills: Drill[] = [
  { name: "teardownRidesOut", run: ridesOut },
  { name: "teardownResumes", run: resumes },
  { name: "teardownRefusesProtected", run: refusesProtected },
];

/** It retries where a plain `destroy` fails, and nothing is left. */
async function ridesOut(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  const unasked = sandbox.operate("teardown", { STACK: "dev" });
  if ((await unasked.end()) !== 1) throw new Error(`unasked, it said:\n${unasked.output}`);
  expectWords(unasked.output, [/^Everything in stack "dev" will be deleted\. .*set YES=1/m]);

  await sandbox.cloud.turn({ timeScale: SLOW });
  const said = await sandbox.operate("teardown", { ...SETTINGS, REMOVE: "1" }).succeed();
  expectWords(said, [
    /googleapi: Error 400: Feature has associated resources/,
    /^Google refuses to delete the feature for some minutes after the Gateway is deleted; next try in 3 s/m,
    /^Nothing is left of stack "dev"/m,
  ]);
  await expectNothingLeft(sandbox);
  if (await sandbox.engine.exists()) throw new Error("the stack's record is still there");
}

/**
 * After an interrupt it says how to continue; after a kill it reports the lock that is left; in the end nothing is
 * left.
 */
async function resumes(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  await sandbox.cloud.turn({ timeScale: STOPPABLE });

  for (const stop of [
    (it: Operation) => it.pressCtrlC(),
    (it: Operation) => it.signal("SIGTERM"),
  ]) {
    const stopped = sandbox.operate("teardown", SETTINGS);
    await says(stopped, / deleted \(/);
    stop(stopped);
    if ((await stopped.end()) !== 130) throw new Error(`stopped, it said:\n${stopped.output}`);
    expectWords(stopped.output, [
      /^(\^C|SIGTERM) received; cancelling/m,
      /^Interrupted; deleted resources stay deleted\.\nTo continue:\n {2}make teardown STACK=dev$/m,
    ]);
    // A second signal would have made the engine abandon the operations in progress.
    if (/received; terminating/.test(stopped.output)) throw new Error(stopped.output);
  }

  const killed = sandbox.operate("teardown", SETTINGS);
  await says(killed, /NodePool gke-(east|west)-gpu deleting/);
  // A kill in the middle of a write would leave half a state.
  await untilStateRests(sandbox);
  killed.kill();
  await killed.end();

  const locked = sandbox.operate("teardown", SETTINGS);
  if ((await locked.end()) !== 1) throw new Error(`locked, it said:\n${locked.output}`);
  await sandbox.type(toldIn(locked, /^ {2}(pulumi cancel dev)$/m)).succeed();
  await sandbox.operate("teardown", SETTINGS).succeed();
  await expectNothingLeft(sandbox);
}

/** Nothing is deleted while the stack is protected; the commands that it prints remove the protection. */
async function refusesProtected(sandbox: Sandbox): Promise<void> {
  sandbox.configure((config) => {
    config["inference-gateway:deletionProtection"] = true;
  });
  await sandbox.up();
  const before = await sandbox.cloud.resources();

  const refused = sandbox.operate("teardown", SETTINGS);
  if ((await refused.end()) !== 1) throw new Error(`protected, it said:\n${refused.output}`);
  expectWords(
    refused.output,
    ["gke-west", "gke-east"].map(
      (name) =>
        new RegExp(
          `^  ${name} \\(gcp:container/cluster:Cluster\\): Pulumi's protect and Google Cloud's deletionProtection$`,
          "m",
        ),
    ),
  );
  // Without a preview, nothing tells the engine of protected clusters before it gets there.
  const destroyed = sandbox.type("pulumi destroy --yes --skip-preview --stack dev");
  if ((await destroyed.end()) === 0) throw new Error(`protected, it said:\n${destroyed.output}`);
  const after = await sandbox.cloud.resources();
  if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error("something was deleted");

  await sandbox.type(toldIn(refused, /^ {2}(pulumi config set .*)$/m)).succeed();
  await sandbox.type(`${toldIn(refused, /^ {2}(pulumi up .*)$/m)} --yes --skip-preview`).succeed();
  await sandbox.operate("teardown", SETTINGS).succeed();
  await expectNothingLeft(sandbox);
}

/** Waits until the engine has stopped writing its state. */
async function untilStateRests({ directories }: Sandbox): Promise<void> {
  const state = path.join(directories.engine, "stacks/.pulumi/stacks", PROJECT, "dev.json");
  await until("the state to rest", async () => {
    const { mtimeMs } = fs.statSync(state);
    await sleep(REST_MS);
    return fs.statSync(state).mtimeMs === mtimeMs;
  });
}

export async function says(operation: Operation, words: RegExp): Promise<void> {
  await until(String(words), () => Promise.resolve(words.test(operation.output)));
}

/** A command that an operation asked its user to run. */
export function toldIn({ output }: Operation, line: RegExp): string {
  const [, command] = line.exec(output) ?? [];
  if (command === undefined) throw new Error(`it did not say ${line}:\n${output}`);
  return command;
}

export async function expectNothingLeft(sandbox: Sandbox): Promise<void> {
  const left = await sandbox.left();
  if (left.length > 0) throw new Error(`left behind:\n${left.join("\n")}`);
}
