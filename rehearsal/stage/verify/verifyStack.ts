import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { execa } from "execa";

import type { Check } from "./checks";

import type { Environment } from "../environment";

/** Seconds of the cloud, before the scale, in which the last that `up` made takes effect: policies attach, metrics come. */
const SETTLE_SECONDS = 300;
const PAUSE_MS = 1_000;

/**
 * Verifies what stands on a stage: has the verifier ask its API servers and its cloud.
 * @returns how many checks passed
 * @throws with every problem of every check that failed, once the cloud has had its time
 */
export async function verifyStack(
  environment: Environment,
  report?: (check: Check) => void,
): Promise<string> {
  const deadline = Date.now() + SETTLE_SECONDS * 1000 * (await environment.cloud.timeScale());
  let checks = await runVerifier(environment);
  while (Date.now() < deadline && checks.some(({ problems }) => problems.length > 0)) {
    await sleep(PAUSE_MS);
    checks = await runVerifier(environment);
  }
  if (report) checks.forEach(report);
  const failed = checks.filter(({ problems }) => problems.length > 0);
  if (failed.length === 0) return `${checks.length} checks passed`;
  const lines = failed.flatMap(({ name, problems }) => [
    `  ${name}`,
    ...problems.map((problem) => `    ${problem}`),
  ]);
  throw new Error(`not so:\n${lines.join("\n")}`);
}

async function runVerifier({ engine, cloud, env, directories }: Environment): Promise<Check[]> {
  const handover = {
    outputs: await engine.outputs(),
    loadBalancers: await cloud.loadBalancers(),
    dns: await cloud.dns(),
    diagnosis: await cloud.diagnose(),
  };
  const file = path.join(directories.state, "handover.json");
  fs.writeFileSync(file, JSON.stringify(handover), { mode: 0o600 });
  const verifier = path.join(directories.library, "verify.cjs");
  const { stdout } = await execa(process.execPath, ["--enable-source-maps", verifier, file], {
    env,
  });
  fs.rmSync(file);
  return JSON.parse(stdout) as Check[];
}
