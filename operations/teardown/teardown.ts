import type { Terminal } from "../support/terminal";
import { type Engine, type Outcome, type State, wordsOf } from "../support/engine";
import { Failed, Interrupted, Refused } from "../support/commandExit";

import { howToUnprotect, protectionsIn } from "./protection";
import { Patience } from "./patience";
import { refusalOf } from "./refusal";
import { howToResolve, unknownCreationsIn } from "./unknownCreations";
import { howToForget, isUnreachable } from "./unreachable";
import { stillRefused, waiting } from "./words";

export interface TeardownOptions {
  /** Namespace of the program's configuration keys. */
  project: string;
  /** Pause between two tries, in seconds. */
  retrySeconds: number;
  /** How long to retry each deletion that Google refuses, in minutes. */
  limitMinutes: number;
  /** Whether the stack's record goes too: its history and its outputs. */
  remove: boolean;
}

/**
 * Destroys a stack and retries: Google refuses to delete the multi-cluster feature for some minutes after the Gateway
 * is deleted, and the VPC until GKE has deleted its own resources there. It resumes from any state.
 * @throws Refused before anything is deleted, Interrupted, or Failed with the engine's words
 */
export async function tearDown(
  engine: Engine,
  options: TeardownOptions,
  terminal: Terminal,
): Promise<void> {
  const state = await engine.state();
  if (!isEmpty(state)) {
    checkThatItMay(engine.stack, state, options);
    await terminal.confirm(engine.stack, `Everything in stack "${engine.stack}" will be deleted.`);
    await destroy(engine, options, terminal);
    if (!isEmpty(await engine.state())) {
      throw new Failed(
        `Pulumi reports success, but its state still has resources of "${engine.stack}".`,
      );
    }
  }
  terminal.print(`Nothing is left of stack "${engine.stack}" but the APIs, which stay enabled.`);
  await removeRecord(engine, options, terminal);
}

function isEmpty({ resources, pending }: State): boolean {
  return resources.length === 0 && pending.length === 0;
}

function checkThatItMay(stack: string, state: State, { project }: TeardownOptions): void {
  const protections = protectionsIn(state);
  if (protections.length > 0) throw new Refused(howToUnprotect(stack, project, protections));
  const creations = unknownCreationsIn(state);
  if (creations.length > 0) throw new Refused(howToResolve(stack, creations));
}

async function destroy(
  engine: Engine,
  options: TeardownOptions,
  terminal: Terminal,
): Promise<void> {
  const { retrySeconds, limitMinutes } = options;
  const patience = new Patience(limitMinutes * 60_000);
  for (;;) {
    const outcome = await engine.destroy(terminal.interrupt);
    if (outcome.kind === "done") return;
    const refusal = refusalOf(outcome);
    if (!refusal) throw endOf(engine, outcome);

    const giveUpAt = patience.endsAt(refusal, terminal.now());
    const left = giveUpAt - terminal.now();
    if (left <= 0) {
      throw new Failed([...stillRefused(refusal, limitMinutes), ...again(engine.stack)].join("\n"));
    }
    const wait = Math.min(retrySeconds * 1000, left);
    waiting(refusal, nextTry(wait, giveUpAt)).forEach((line) => terminal.print(line));
    await terminal.wait(wait);
    if (terminal.interrupt.aborted) throw endOf(engine, { kind: "interrupted" });
  }
}

function nextTry(wait: number, giveUpAt: number): string {
  return `next try in ${Math.ceil(wait / 1000)} s, at most until ${clock(giveUpAt)}`;
}

function clock(time: number): string {
  const at = new Date(time);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** The error that ends the command after a `destroy` that is not retried. */
function endOf({ stack }: Engine, outcome: Exclude<Outcome, { kind: "done" }>): Error {
  switch (outcome.kind) {
    case "interrupted":
      return new Interrupted(
        ["Interrupted; deleted resources stay deleted.", ...again(stack)].join("\n"),
      );
    case "locked":
      return new Refused(
        [
          `Another command holds stack "${stack}", or one that was killed left its lock:`,
          outcome.said,
          "If that command no longer runs, release the lock:",
          `  pulumi cancel ${stack}`,
          ...again(stack),
        ].join("\n"),
      );
    case "failed":
      return new Failed(wordsOfFailure(stack, outcome).join("\n"));
  }
}

function wordsOfFailure(
  stack: string,
  { kind, failures, errors }: Extract<Outcome, { kind: "failed" }>,
): string[] {
  const unreachable = failures.filter(isUnreachable);
  const others = failures.filter((failure) => !isUnreachable(failure));
  const said = wordsOf({ kind, failures: others, errors });
  return [
    ...(said === "" ? [] : [said]),
    ...(unreachable.length > 0 ? howToForget(stack, unreachable) : again(stack)),
  ];
}

function again(stack: string): string[] {
  return ["To continue:", `  make teardown STACK=${stack}`];
}

async function removeRecord(
  engine: Engine,
  { remove }: TeardownOptions,
  terminal: Terminal,
): Promise<void> {
  const { stack } = engine;
  if (!remove) {
    return terminal.print(
      `Its record stays; REMOVE=1, or \`pulumi stack rm ${stack}\`, removes it.`,
    );
  }
  await engine.remove();
  terminal.print(`Its record is removed; Pulumi.${stack}.yaml stays.`);
}
