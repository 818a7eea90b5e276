import type { Step } from "../change";
import type { Outcome } from "../course";
import { driftOf, stepsOf } from "../eventLog";
import { differences, lineOf } from "../expectation";
import type { RunningStack } from "../runningStack";

import { Hands } from "./hands";
import type { Drift } from "./table";

/** A line of the result. */
export interface Result {
  name: string;
  outcome: Outcome;
}

/** The last result: that the stack is whole, and that nothing but the drift was found. */
const REST = "nothing else drifts";

/** What the commands found and did, with all drift there at once. */
export interface Findings {
  /** What `preview` alone plans: it compares the program with the state, and asks nobody. */
  blind: Step[];
  seen: Step[];
  planned: Step[];
  mended: Step[];
}

/** Causes all drift, looks for it, mends it; then each is judged by itself, and the stack as a whole. */
export async function mendDrift(stack: RunningStack, drifts: Drift[]): Promise<Result[]> {
  const hands = await Hands.on(stack.ground);
  for (const { cause } of drifts) await cause(hands);

  const blind = stepsOf((await stack.run("preview")).events);
  const preview = await stack.run("preview", "--refresh");
  const up = await stack.run("up", "--refresh");
  const findings: Findings = {
    blind,
    seen: driftOf(preview.events),
    planned: stepsOf(preview.events),
    mended: stepsOf(up.events),
  };
  const failures = [preview, up].flatMap(({ failure }) => failure ?? []);
  return judgeDrift(drifts, findings, [...failures, ...(await stack.problems())]);
}

/** @param problems of the stack after it was mended */
export function judgeDrift(drifts: Drift[], findings: Findings, problems: string[]): Result[] {
  const each = drifts.map((drift) => ({ name: drift.name, outcome: judge(drift, findings) }));
  const rest = [...unaccounted(drifts, findings), ...problems];
  return [...each, { name: REST, outcome: { steps: [], problems: rest } }];
}

function judge({ seen, mended }: Drift, findings: Findings): Outcome {
  const own = (steps: Step[], { resource }: Step) =>
    steps.filter((step) => step.resource === resource);
  const steps = own(findings.mended, mended);
  const problems = [
    ...differences([seen], own(findings.seen, seen)).map((line) => `refresh: ${line}`),
    ...differences([mended], own(findings.planned, mended)).map((line) => `preview: ${line}`),
    ...differences([mended], steps).map((line) => `up: ${line}`),
  ];
  return { steps, problems };
}

/** What no drift accounts for. */
function unaccounted(drifts: Drift[], { blind, seen, planned, mended }: Findings): string[] {
  const known = drifts.flatMap((drift) => [drift.seen.resource, drift.mended.resource]);
  const others = (steps: Step[]) => steps.filter(({ resource }) => !known.includes(resource));
  return [
    ...blind.map((step) => `preview without refresh: ${lineOf(step)}`),
    ...others(seen).map((step) => `refresh: ${lineOf(step)}`),
    ...others(planned).map((step) => `preview: ${lineOf(step)}`),
    ...others(mended).map((step) => `up: ${lineOf(step)}`),
  ];
}
