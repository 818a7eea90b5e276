import { driftIn } from "../../../../operations/drift/drift";
import { mendingOf } from "../../../../operations/drift/mending";
import { engineEvent } from "../../../../operations/eventLog/event";

import type { Step } from "../change";
import type { Outcome } from "../course";
import { driftOf, stepsOf } from "../eventLog";
import { differences, lineOf } from "../expectation";
import type { RunningStack } from "../runningStack";

import { ManualEdits } from "./manualEdits";
import { type Drift, FORCE } from "./table";

/** A line of the result. */
export interface Result {
  name: string;
  outcome: Outcome;
}

/** The last result: that the stack is whole, and that nothing but the drift was found. */
const REST = "nothing else drifts";

/** A row of the report. */
export interface Reported {
  /** Kind and name, as `NodePool gke-west-gpu`. */
  resource: string;
  /** The property; undefined if the resource is gone. */
  path?: string;
  /** Whether it takes FORCE to revert it. */
  force: boolean;
}

/** What the commands found and did, with all drift there at once. */
export interface Findings {
  /** What `preview` alone plans: it compares the program with the state, and queries no provider. */
  blind: Step[];
  /** The error of `preview --refresh` without FORCE. */
  refusal?: string;
  /** What the morning's report says of `refresh --preview-only`: operations/drift. */
  reported: Reported[];
  seen: Step[];
  planned: Step[];
  mended: Step[];
}

/** Causes all drift, looks for it, mends it; then each is judged by itself, and the stack as a whole. */
export async function mendDrift(stack: RunningStack, drifts: Drift[]): Promise<Result[]> {
  const manualEdits = await ManualEdits.on(stack.sandbox);
  for (const { cause } of drifts) await cause(manualEdits);

  const blind = stepsOf((await stack.run("preview")).events);
  const { failure: refusal } = await stack.run("preview", "--refresh");
  const reported = reportedIn((await stack.run("previewRefresh")).events);
  const [preview, up] = await stack.sandbox.engine.withEnv(FORCE, async () => [
    await stack.run("preview", "--refresh"),
    await stack.run("up", "--refresh"),
  ]);
  const back = await stack.run("up");
  const findings: Findings = {
    blind,
    refusal,
    reported,
    seen: driftOf(preview.events),
    planned: stepsOf(preview.events),
    mended: stepsOf(up.events),
  };
  const failures = [preview, up, back].flatMap(({ failure }) => failure ?? []);
  return judgeDrift(drifts, findings, [...failures, ...(await stack.problems())]);
}

/** @param problems of the stack after it was mended */
export function judgeDrift(drifts: Drift[], findings: Findings, problems: string[]): Result[] {
  const each = drifts.map((drift) => ({ name: drift.name, outcome: judge(drift, findings) }));
  const rest = [...unaccounted(drifts, findings), ...problems];
  return [...each, { name: REST, outcome: { steps: [], problems: rest } }];
}

function judge({ seen, refused, mended }: Drift, findings: Findings): Outcome {
  const own = (steps: Step[], { resource }: Step) =>
    steps.filter((step) => step.resource === resource);
  const steps = own(findings.mended, mended);
  const problems = [
    ...differences([seen], own(findings.seen, seen)).map((line) => `refresh: ${line}`),
    ...differences([mended], own(findings.planned, mended)).map((line) => `preview: ${line}`),
    ...differences([mended], steps).map((line) => `up: ${line}`),
    ...judgeRefusal(refused, findings.refusal),
    ...judgeReport(seen, refused !== undefined, findings.reported),
  ];
  return { steps, problems };
}

function judgeRefusal(refused: RegExp | undefined, refusal: string | undefined): string[] {
  if (!refused || (refusal && refused.test(refusal))) return [];
  const said = refusal ? `ends with ${refusal}` : "passes";
  return [`without ${Object.keys(FORCE).join()}: preview --refresh ${said}, not with ${refused}`];
}

function reportedIn(events: readonly unknown[]): Reported[] {
  const { drifts } = driftIn(events.map((event) => engineEvent.parse(event)));
  return drifts.map((drift) => ({
    resource: `${drift.resource.kind} ${drift.resource.name}`,
    ...(drift.path !== undefined && { path: drift.path }),
    force: mendingOf(drift).force,
  }));
}

/** Kind and name of a step's resource, as the report has them. */
function reportedAs({ resource }: Step): string {
  const [type = "", name = ""] = resource.split("::");
  return `${type.slice(type.lastIndexOf(":") + 1)} ${name}`;
}

function judgeReport(seen: Step, force: boolean, reported: Reported[]): string[] {
  const own = reported.filter(({ resource }) => resource === reportedAs(seen));
  const line = (path: string | undefined, by: boolean) =>
    `${path ?? "gone"}${by ? ", reverted by force" : ""}`;
  const paths = seen.operation === "delete" ? [undefined] : seen.properties;
  const wanted = paths.map((path) => line(path, force)).join("; ");
  const found = own.map((each) => line(each.path, each.force)).join("; ");
  return wanted === found ? [] : [`report: ${found || "nothing"}, not ${wanted}`];
}

/** FORCE is a setting of the providers: they are updated with it, and again by the first `up` without it. */
function isProvider(resource: string): boolean {
  return resource.startsWith("pulumi:providers:kubernetes::");
}

/** What no drift accounts for. */
function unaccounted(drifts: Drift[], findings: Findings): string[] {
  const { blind, refusal, reported, seen, planned, mended } = findings;
  const listed = drifts.map((drift) => reportedAs(drift.seen));
  const known = drifts.flatMap((drift) => [drift.seen.resource, drift.mended.resource]);
  const others = (steps: Step[]) =>
    steps.filter(({ resource }) => !known.includes(resource) && !isProvider(resource));
  const conflicts = refusal?.match(/conflict with .*/g) ?? [];
  const explained = (line: string) => drifts.some(({ refused }) => refused?.test(line));
  return [
    ...blind.map((step) => `preview without refresh: ${lineOf(step)}`),
    ...(refusal && conflicts.length === 0 ? [`preview: ${refusal}`] : []),
    ...conflicts.filter((line) => !explained(line)).map((line) => `preview: ${line}`),
    ...reported
      .filter(({ resource }) => !listed.includes(resource))
      .map(({ resource, path }) => `report: ${resource}${path ? ` (${path})` : ""}`),
    ...others(seen).map((step) => `refresh: ${lineOf(step)}`),
    ...others(planned).map((step) => `preview: ${lineOf(step)}`),
    ...others(mended).map((step) => `up: ${lineOf(step)}`),
  ];
}
