import * as fs from "node:fs";

import { policies } from "../../policy-pack/index";
import { readRun } from "../../policy-pack/summary/events";
import { hasPassed, summaryOf } from "../../policy-pack/summary/markdown";
import { eventsOf } from "../stage/policyEvents";
import { Environment } from "../stage/environment";

import { runCommand } from "./frame/command";

/**
 * `make policies`: what the policy pack says about a stack's first preview, or about an exported state, as Markdown.
 * Exits 1 if a mandatory policy is violated, 2 if it could not judge.
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
      const run = readRun(await interruption.cutShort(eventsOf(environment, process.env.STATE)));
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
