import * as fs from "node:fs";
import * as path from "node:path";

import { timeoutOf } from "../../config/derived";
import { type Terminal, ProcessTerminal } from "../support/terminal";
import { Refused } from "../support/commandExit";
import { Parameters } from "../support/parameters";
import { PulumiEngine } from "../support/pulumiEngine";
import { run } from "../support/run";

import { OverlayFile } from "./overlay";
import { planRollout, type Step } from "./plan";
import { rollOut } from "./rollout";
import { runningOf, stackConfig } from "./stackConfig";

/** `make rollout`: rolls the configured model out to the regions of a stack, one after another. */
void run(async () => {
  const parameters = new Parameters(process.env, "rollout");
  const stack = parameters.stack();
  const terminal = new ProcessTerminal(parameters.flag("YES"));
  const stackFile = stackFileOf(stack);
  const engine = await PulumiEngine.open(process.cwd(), stack, {
    print: (text) => process.stdout.write(text),
    policyPack: parameters.text("POLICY_PACK"),
  });

  const project = await engine.projectName();
  const { settings, given, advice } = stackConfig(await engine.config(), { stack, project });
  advice.forEach((words) => {
    terminal.print(words);
  });
  const steps = planRollout(settings, runningOf(await engine.outputs()), {
    drainSeconds: parameters.number("DRAIN_SECONDS", timeoutOf(settings)),
    settleSeconds: parameters.number("SETTLE_SECONDS", 60),
  });
  tell(steps, terminal);
  if (parameters.flag("DRY_RUN")) return;

  await terminal.confirm(stack, `Stack "${stack}" will be changed in ${steps.length} steps.`);
  const file = new OverlayFile(stackFile, project, given);
  const allowOtherChanges = parameters.flag("OTHER_CHANGES");
  try {
    const configFile = file.write.bind(file);
    await rollOut(engine, steps, { configFile, allowOtherChanges }, terminal);
  } finally {
    file.remove();
  }
});

function stackFileOf(stack: string): string {
  const file = path.resolve(`Pulumi.${path.basename(stack)}.yaml`);
  if (!fs.existsSync(file)) throw new Refused(`There is no ${file}.`);
  return file;
}

function tell(steps: Step[], terminal: Terminal): void {
  terminal.print(`${steps.length} steps, each a \`pulumi up\`:`);
  for (const [i, { title, waitSeconds }] of steps.entries()) {
    const wait = waitSeconds > 0 ? `after ${waitSeconds} s, ` : "";
    terminal.print(`  ${i + 1}. ${wait}${title}`);
  }
}
