import type { Region } from "../../catalog/regions";
import type { Terminal } from "../support/terminal";
import { type Engine, nameOf, type Outcome, wordsOf } from "../support/engine";
import { Failed, Interrupted, Refused } from "../support/commandExit";

import type { Overlay, Step } from "./plan";

export interface RolloutOptions {
  /** A stack file with an overlay applied to it. */
  configFile: (overlay: Overlay) => string;
  /** Include other changes of program or configuration in the first step, in all regions at once. */
  allowOtherChanges: boolean;
}

/** The object that drains a region. */
const BALANCING = "kubernetes:networking.gke.io/v1:GCPBackendPolicy";
/** Not a resource of the program. */
const STACK = "pulumi:pulumi:Stack";

/**
 * Runs the steps of a plan, each a whole `pulumi up`, and stops at the first that fails: then one region is drained,
 * and the others serve.
 * @throws Refused before anything is changed, Interrupted, or Failed with the engine's words
 */
export async function rollOut(
  engine: Engine,
  steps: Step[],
  options: RolloutOptions,
  terminal: Terminal,
): Promise<void> {
  const [first] = steps;
  if (first?.drainsOnly && !options.allowOtherChanges) {
    await checkThatItOnlyDrains(engine, first, options);
  }
  for (const [i, step] of steps.entries()) {
    const progress = `[${i + 1}/${steps.length}] ${step.title}`;
    const drained = [
      ...new Set([steps[i - 1], step].flatMap((each) => each?.overlay.drained ?? [])),
    ];
    if (step.waitSeconds > 0) terminal.print(`in ${step.waitSeconds} s: ${progress}`);
    await terminal.wait(step.waitSeconds * 1000);
    if (terminal.interrupt.aborted) throw endOf(engine, step, drained, { kind: "interrupted" });

    terminal.print(progress);
    const outcome = await engine.up(terminal.interrupt, fileOf(step, options));
    if (outcome.kind !== "done") throw endOf(engine, step, drained, outcome);
  }
  terminal.print("Every region runs the model of the configuration, and none is drained.");
}

/** The last step is the stack's own configuration. */
function fileOf({ overlay }: Step, { configFile }: RolloutOptions): string | undefined {
  const plain = overlay.drained.length === 0 && Object.keys(overlay.models).length === 0;
  return plain ? undefined : configFile(overlay);
}

/** Other changes would reach all regions at once, in the step that drains the first. */
async function checkThatItOnlyDrains(
  engine: Engine,
  step: Step,
  options: RolloutOptions,
): Promise<void> {
  const changes = await engine.preview(fileOf(step, options));
  const others = changes.filter(({ type }) => type !== BALANCING && type !== STACK);
  if (others.length === 0) return;
  throw new Refused(
    [
      "These changes are not about the model and would reach all regions at once:",
      ...others.map(({ operation, type, urn }) => `  ${operation} ${nameOf(urn)} (${type})`),
      "Run `pulumi up` for these changes, with the model that runs now, then run this command again; or set OTHER_CHANGES=1 to include these changes.",
    ].join("\n"),
  );
}

function endOf(
  { stack }: Engine,
  { title }: Step,
  drained: Region[],
  outcome: Exclude<Outcome, { kind: "done" }>,
): Error {
  const state = [
    drained.length > 0
      ? `Drained: ${drained.join(" or ")}. The other regions serve.`
      : "No region is drained.",
    "To continue:",
    `  make rollout STACK=${stack}`,
    "To roll back, restore the previous model in the configuration and run this command again: it goes region by region,",
    "while `pulumi up` would restart all regions at once.",
  ];
  switch (outcome.kind) {
    case "interrupted":
      return new Interrupted([`Interrupted at: ${title}.`, ...state].join("\n"));
    case "locked":
      return new Refused(
        [
          `Stopped at: ${title}. Another command holds stack "${stack}", or one that was killed left its lock:`,
          outcome.said,
          `If that command no longer runs, \`pulumi cancel ${stack}\` releases the lock.`,
          ...state,
        ].join("\n"),
      );
    case "failed":
      return new Failed([`Stopped at: ${title}.`, wordsOf(outcome), ...state].join("\n"));
  }
}
