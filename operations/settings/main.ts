import * as fs from "node:fs";

import { run } from "../support/run";
import { textFile } from "../support/textFile";

import { verdictOf } from "./settings";

/** Says before a job logs in whether its repository has all settings for STACK: the output `cloud` of the step. */
void run(() => {
  const { GITHUB_OUTPUT: output, STACK: stack = "" } = process.env;
  const stackFile = textFile(`Pulumi.${stack}.yaml`, 1_000_000);
  const { cloud, sentence } = verdictOf(process.env, stackFile);
  console.log(sentence);
  if (output) fs.appendFileSync(output, `cloud=${cloud}\n`);
  return Promise.resolve();
}, 2);
