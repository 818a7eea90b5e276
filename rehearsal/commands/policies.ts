import * as fs from "node:fs";

import { policies } from "../../policy-pack/index";
import { readRun } from "../../policy-pack/summary/events";
import { hasPassed, summaryOf } from "../../policy-pack/summary/markdown";
import { lockState } from "../stage/lock";
import { placesFromEnv } from "../stage/places";
import { Stage } from "../stage/stage";
import { messageOf } from "../toolchain/errors";

import { eventsOf } from "../stage/policyEvents";

/**
 * `make policies`: what the policy pack says of a stack's first preview, or of an exported state, as Markdown. Exits 1
 * where a mandatory policy is violated.
 */
async function main(): Promise<void> {
  const places = placesFromEnv();
  lockState(places.state);
  const toolchain = await Stage.findToolchain(places);
  const stage = await Stage.set(places, toolchain, {
    stack: process.env.STACK || "dev",
    timeScale: 0,
    followParent: true,
  });
  try {
    const run = readRun(await eventsOf(stage, process.env.STATE));
    const summary = summaryOf(run, policies);
    console.log(summary);
    if (process.env.SUMMARY) fs.appendFileSync(process.env.SUMMARY, summary);
    if (!hasPassed(run)) process.exitCode = 1;
  } finally {
    await stage.cloud.stop();
  }
}

void main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 2;
});
