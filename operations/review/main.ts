import { argumentsOf } from "../support/arguments";
import { CannotSay } from "../support/commandExit";
import { run } from "../support/run";

import { review } from "./preview";

const USAGE = `usage: node operations/start.mjs review <events> [--diff <file>] [--stack <stack>] [--emulated]

Prints the comment for a pull request. <events> is what the engine wrote of a preview, <file> what it printed:
  PULUMI_DEBUG_COMMANDS=true pulumi preview --stack dev --policy-pack policy-pack --diff --event-log <events> > <file>
Exits with 1 if policies refuse the change, with 2 if the preview cannot say.`;

/** Prints what a preview says, for a pull request or the summary of a job. */
void run(() => {
  const options = {
    diff: { type: "string" },
    stack: { type: "string" },
    emulated: { type: "boolean" },
  } as const;
  const given = argumentsOf(process.argv.slice(3), options, 1, USAGE);
  const [events = ""] = given.positionals;
  const { comment, exitCode, why } = review({
    events,
    diff: given.text("diff"),
    stack: given.text("stack"),
    emulated: given.flag("emulated"),
  });
  process.stdout.write(comment);
  if (why !== undefined) throw new CannotSay(why);
  process.exitCode = exitCode;
  return Promise.resolve();
}, 2);
