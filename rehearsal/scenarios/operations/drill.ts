import * as fs from "node:fs";
import * as path from "node:path";

import { policyPackCommand } from "../../stage/commands";
import { Environment } from "../../stage/environment";
import type { Sandbox } from "../../stage/sandbox";
import type { Drill } from "../drills/drill";

import { course } from "./course";
import { PAGE, uncovered } from "./coverage";
import { onlyRead } from "./onlyRead";
import { readPage } from "./page";
import { play } from "./play";
import { Scene } from "./scene";

/** Every command of the page of operations, on the real engine. */
export const operationsDrills: Drill[] = [{ name: "operationsPage", run: runPage }];

async function runPage(sandbox: Sandbox): Promise<void> {
  const { checkout } = sandbox.directories;
  const page = readPage(fs.readFileSync(path.join(checkout, PAGE), "utf8"));
  const steps = course(policyPackCommand(sandbox.directories));
  const problems = uncovered(page, steps, onlyRead);
  if (problems.length > 0) throw new Error(problems.join("\n"));

  await Environment.bringKubectl(sandbox.directories);
  // As in a production stack.
  sandbox.configure((config) => {
    config["inference-gateway:deletionProtection"] = true;
  });
  await play(new Scene(sandbox), steps);
  const run = page.commands.length - onlyRead.length;
  console.log(`  ${run} commands and ${page.edits.length} edits of ${PAGE}`);
  for (const { command, because } of onlyRead) console.log(`  only read: ${command}: ${because}`);
}
