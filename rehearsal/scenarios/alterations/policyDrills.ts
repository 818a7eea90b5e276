import * as fs from "node:fs";
import * as path from "node:path";

import { policyPackCommand } from "../../stage/commands";
import { Engine, EngineError } from "../../stage/engine";
import { HUGGING_FACE_TOKEN, writeStackFile } from "../../stage/program";
import type { Environment } from "../../stage/environment";

import { AlteredProgram } from "./alteredProgram";
import { previewable } from "./previewable";
import { refusals } from "./refusals";
import { alterations } from "./table";
import { poolNotExported } from "./table/pools";
import { expectWords } from "../expectWords";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

/** The policy pack in the real engine. */
export const policyDrills: Drill[] = [
  { name: "policiesRefuse", run: everyPolicyRefuses },
  { name: "policySettingsRefused", run: settingsRefused },
  { name: "policiesMend", run: policiesMend },
];

/** Each alteration is caught by its policy, and by nothing else, on both stacks, before anything exists. */
async function everyPolicyRefuses(sandbox: Sandbox): Promise<void> {
  const done = [];
  for (const stack of ["dev", "prod"]) {
    await initStack(sandbox.environment, stack);
    const all = previewable(alterations, stack);
    done.push(...(await refusals(sandbox.environment, stack, all, new AbortController().signal)));
  }
  const wrong = done.flatMap(({ alterations: made, problem }) =>
    problem === undefined ? [] : [`${made.map(({ name }) => name).join(", ")}:\n${problem}`],
  );
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  const count = done.flatMap((refusal) => refusal.alterations).length;
  console.log(`  ${count} alterations in ${done.length} previews, each caught by its policy alone`);
}

async function initStack(
  { directories, toolchain, env }: Environment,
  stack: string,
): Promise<void> {
  writeStackFile(directories, stack);
  const engine = new Engine({ directories, stack, binary: toolchain.pulumi.path, env });
  await engine.init(HUGGING_FACE_TOKEN);
}

/** Wrong settings, and what the engine says about them before it creates anything. */
const WRONG_SETTINGS: readonly (readonly [settings: object, ...says: RegExp[]])[] = [
  [
    { "max-utilization-in-range": { maximum: 101 }, "timeout-covers-p99": { factor: 0 } },
    /max-utilization-in-range: maximum: Must be less than or equal to 100/,
    /timeout-covers-p99: factor: Must be greater than or equal to 1/,
  ],
  [
    { "max-utilization-in-range": { maximun: 80 } },
    /max-utilization-in-range: no setting named maximun; there are: minimum, maximum, /,
  ],
  [
    { "max-utilization-in-range": { maximum: 25 } },
    /max-utilization-in-range: minimum \(30\) is above maximum \(25\); set minimum to 25 or less/,
  ],
];

async function settingsRefused(sandbox: Sandbox): Promise<void> {
  for (const [settings, ...says] of WRONG_SETTINGS) {
    const said = await preview(sandbox, settings).catch((error: unknown) => error);
    if (!(said instanceof EngineError)) throw new Error(`taken: ${JSON.stringify(settings)}`);
    expectWords(said.output, says);
  }
}

/** At level `remediate` the engine continues with the policy's version of a resource, and reports that. */
async function policiesMend(sandbox: Sandbox): Promise<void> {
  const flags = settingsFlags(sandbox, { "pool-exported": "remediate" });
  const said = await AlteredProgram.write(sandbox.environment, "dev").preview(
    [poolNotExported],
    ...flags,
  );
  expectWords(said, [/pool-exported/, /\[remediate\]/]);
}

function preview(sandbox: Sandbox, settings: object): Promise<string> {
  const pack = policyPackCommand(sandbox.directories);
  return sandbox.engine.preview("--policy-pack", pack, ...settingsFlags(sandbox, settings));
}

function settingsFlags({ directories }: Sandbox, settings: object): string[] {
  const file = path.join(directories.state, "policies.json");
  fs.writeFileSync(file, JSON.stringify(settings));
  return ["--policy-pack-config", file];
}
