#!/usr/bin/env node
import * as fs from "node:fs";

import { policies } from "../index";
import { readRun } from "./events";
import { hasPassed, summaryOf } from "./markdown";

const USAGE = `usage: policy-summary <events>

Prints what policies said as Markdown, for a pull request. <events> is a file of the engine's events, - for
standard input:
  PULUMI_DEBUG_COMMANDS=true pulumi preview --policy-pack <pack> --event-log <events>
  pulumi policy analyze --policy-pack <pack> --json > <events>
Exits with 1 where a mandatory policy was violated, or where no policy judged anything.`;

function main(file: string | undefined): number {
  if (file === undefined || file === "--help") {
    console.error(USAGE);
    return 2;
  }
  try {
    const run = readRun(fs.readFileSync(file === "-" ? 0 : file, "utf8"));
    console.log(summaryOf(run, policies));
    return hasPassed(run) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? `${file}: ${error.message}` : error);
    return 2;
  }
}

process.exitCode = main(process.argv[2]);
