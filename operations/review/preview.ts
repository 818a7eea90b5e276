import { policies } from "../../policy-pack/index";
import { readRun, type Run } from "../../policy-pack/summary/events";
import type { EngineEvent } from "../eventLog/event";
import { errorsOf, failureOf, short } from "../eventLog/outcome";
import { type EventLog, readEventLog } from "../eventLog/read";
import { stackOf } from "../eventLog/resource";
import { CannotSay } from "../support/commandExit";
import { textFile } from "../support/textFile";

import { apologyOf, commentOf, type Preview } from "./comment";

/** The diff of a stack of 10,000 resources has 20 MB. */
const MOST_DIFF_BYTES = 50 * 1024 * 1024;

/** Files of a preview, and what is known of it beside them. */
export interface PreviewFiles {
  /** What `--event-log` wrote. */
  events: string;
  /** What `--diff` printed. */
  diff?: string;
  /** @default the stack of the events */
  stack?: string;
  emulated?: boolean;
  commit?: string;
}

/** A comment, and what it says: 0 all is well, 1 policies refuse, 2 the preview cannot say. */
export interface Reviewed {
  comment: string;
  exitCode: 0 | 1 | 2;
  /** Why it cannot say. */
  why?: string;
}

/** @throws CannotSay if the events cannot be read and no stack is given, so that there is no comment */
export function review(files: PreviewFiles): Reviewed {
  const diff = files.diff === undefined ? undefined : textFile(files.diff, MOST_DIFF_BYTES);
  let log: EventLog;
  try {
    log = readEventLog(files.events);
  } catch (error) {
    if (!(error instanceof CannotSay)) throw error;
    const why = `${error.message}${saidIn(diff)}`;
    if (files.stack === undefined) throw new CannotSay(why);
    return { comment: apologyOf(files.stack, why), exitCode: 2, why };
  }
  const run = readRun(log.lines);
  const preview: Preview = { ...files, stack: files.stack ?? stackIn(log.events), log, run, diff };
  const failure = failureIn(log.events, run);
  const comment = commentOf({ ...preview, failure }, policies);
  const why = failure ?? withoutPolicies(run);
  if (why !== undefined) return { comment, exitCode: 2, why };
  return { comment, exitCode: isRefused(run) ? 1 : 0 };
}

/** Why the preview is not complete. The engine calls a refusal of policies a failure too: it has no error then. */
function failureIn(events: readonly EngineEvent[], run: Run): string | undefined {
  if (isRefused(run) && errorsOf(events).length === 0) return undefined;
  return failureOf(events, "the preview");
}

function withoutPolicies(run: Run): string | undefined {
  if (isRefused(run) || run.judged.size > 0 || run.packs.length > 0) return undefined;
  return "No policy judged the preview: run it with `--policy-pack policy-pack`.";
}

function isRefused({ said }: Run): boolean {
  return said.some(({ level }) => level !== "advisory");
}

function stackIn(events: readonly EngineEvent[]): string {
  const urn = events.find(({ resourcePreEvent }) => resourcePreEvent)?.resourcePreEvent?.metadata;
  const stack = urn && stackOf(urn.urn);
  if (stack) return stack;
  throw new CannotSay("The events name no stack: give it as `--stack dev`.");
}

/** The engine's own error, where it failed before its first event. */
function saidIn(diff: string | undefined): string {
  const error = /^error: (.*(?:\n\s.*)*)/m.exec(diff ?? "")?.[1];
  return error === undefined ? "" : ` It said: ${short(error)}`;
}
