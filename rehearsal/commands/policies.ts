import * as fs from "node:fs";
import * as path from "node:path";

import { policies } from "../../policy-pack/index";
import { readRun } from "../../policy-pack/summary/events";
import { hasPassed, summaryOf } from "../../policy-pack/summary/markdown";
import { judge, type Judged } from "../stage/policyEvents";
import { Environment } from "../stage/environment";

import { runCommand } from "./frame/command";

/**
 * `make policies`: what the policy pack says about a stack's first preview, or about an exported state, as Markdown.
 * REVIEW=<folder> gets what `operations/review` reads: `events.jsonl` and `diff.txt`. Exits 1 if a mandatory policy is violated, 2 if it could not judge.
 */
runCommand(
  async (directories, interruption) => {
    const toolchain = await Environment.findToolchain(directories, interruption.signal);
    const environment = await Environment.set(directories, toolchain, {
      stack: process.env.STACK || "dev",
      timeScale: 0,
      followParent: true,
    });
    try {
      const judged = await interruption.cutShort(judge(environment, process.env.STATE));
      if (process.env.REVIEW) keep(judged, process.env.REVIEW);
      const run = readRun(judged.events);
      const summary = summaryOf(run, policies);
      console.log(summary);
      if (process.env.SUMMARY) fs.appendFileSync(process.env.SUMMARY, summary);
      return hasPassed(run);
    } finally {
      await environment.cloud.stop();
    }
  },
  { errorCode: 2 },
);

function keep({ events, diff }: Judged, folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "events.jsonl"), events);
  fs.writeFileSync(path.join(folder, "diff.txt"), diff);
}
