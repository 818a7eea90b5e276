import * as fs from "node:fs";
import * as path from "node:path";

import { execa } from "execa";

import type { Check } from "../verify/checks";

import type { Stage } from "./stage";

/**
 * Verifies what stands on a stage: has the verifier ask its API servers and its cloud.
 * @returns how many checks passed
 * @throws with every problem of every check that failed
 */
export async function verifyStack(stage: Stage, report?: (check: Check) => void): Promise<string> {
  const checks = await runVerifier(stage);
  if (report) checks.forEach(report);
  const failed = checks.filter(({ problems }) => problems.length > 0);
  if (failed.length === 0) return `${checks.length} checks passed`;
  const lines = failed.flatMap(({ name, problems }) => [
    `  ${name}`,
    ...problems.map((problem) => `    ${problem}`),
  ]);
  throw new Error(`not so:\n${lines.join("\n")}`);
}

async function runVerifier({ engine, cloud, env, places }: Stage): Promise<Check[]> {
  const handover = {
    outputs: await engine.outputs(),
    loadBalancers: await cloud.loadBalancers(),
    diagnosis: await cloud.diagnose(),
  };
  const file = path.join(places.state, "handover.json");
  fs.writeFileSync(file, JSON.stringify(handover), { mode: 0o600 });
  const verifier = path.join(places.library, "verify.cjs");
  const { stdout } = await execa(process.execPath, ["--enable-source-maps", verifier, file], {
    env,
  });
  fs.rmSync(file);
  return JSON.parse(stdout) as Check[];
}
