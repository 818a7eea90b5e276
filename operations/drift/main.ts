import { failureOf } from "../eventLog/outcome";
import { readEventLog } from "../eventLog/read";
import { stackOf } from "../eventLog/resource";
import { GitHub } from "../github/client";
import { argumentsOf } from "../support/arguments";
import { CannotSay } from "../support/commandExit";
import { run } from "../support/run";

import { driftIn } from "./drift";
import { keepIssue } from "./issue";
import { reportOf } from "./report";

const USAGE = `usage: node operations/start.mjs drift <events> [--issue]

Prints what was changed outside of the program, and who mends it. <events> is what the engine wrote of a refresh:
  PULUMI_DEBUG_COMMANDS=true pulumi refresh --preview-only --stack dev --event-log <events>
With --issue it opens, updates or closes the issue of the stack; that needs GITHUB_TOKEN and GITHUB_REPOSITORY.
Exits with 1 if the stack has drifted, with 2 if the refresh cannot say.`;

/** Tells drift from noise in a refresh. */
void run(async () => {
  const given = argumentsOf(process.argv.slice(3), { issue: { type: "boolean" } }, 1, USAGE);
  const [file = ""] = given.positionals;
  const { events } = readEventLog(file);
  // A refresh that failed has not seen every resource: no issue may be closed after it.
  const failure = failureOf(events, "the refresh");
  if (failure !== undefined) throw new CannotSay(failure);
  const steps = events.flatMap(({ resourcePreEvent: step }) => step?.metadata ?? []);
  const stack = stackOf(steps[0]?.urn ?? "");
  if (stack === "" || steps.some(({ op }) => op !== "refresh")) {
    throw new CannotSay(`${file} is not of \`pulumi refresh --preview-only\`.`);
  }
  const found = driftIn(events);
  process.stdout.write(reportOf(stack, found));
  if (given.flag("issue")) console.error(await keepIssue(GitHub.of(process.env), stack, found));
  if (found.drifts.length > 0) process.exitCode = 1;
}, 2);
