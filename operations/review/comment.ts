import { fenced, type Guide, summaryOf } from "../../policy-pack/summary/markdown";
import type { Run } from "../../policy-pack/summary/events";
import type { EventLog } from "../eventLog/read";

import { type Change, changesIn, countsOf, type Operation } from "./changes";
import { type Costs, costsIn, type Estimate } from "./cost";
import { fitted, type Kept } from "./fit";
import { code, counted, listed, money, row, withoutMentions } from "./text";

/** Where a preview was made, and of what. */
export interface Preview {
  stack: string;
  log: EventLog;
  /** What policies said in it. */
  run: Run;
  /** What `pulumi preview --diff` printed. */
  diff?: string;
  /** Made on an empty emulated cloud, because a fork gets no credentials. */
  emulated?: boolean;
  /** Commit that was previewed. */
  commit?: string;
  /** Why it failed, unless policies refused it. */
  failure?: string;
}

/** A comment is found again by its first line. */
export function markerOf(stack: string): string {
  return `<!-- inference-gateway:${stack} -->`;
}

/** The comment of a stack on a pull request: what a preview changes, what policies say, what it costs. */
export function commentOf(preview: Preview, guides: readonly Guide[]): string {
  const { events } = preview.log;
  const changes = changesIn(events);
  const costs = costsIn(events, preview.failure === undefined);
  const policies = policiesOf(preview.run, guides);
  const diff = diffOf(preview.diff ?? "");
  const all: Kept = { diff: diff.length, rows: changes.length, policies: policies.length };
  return fitted(all, (kept) =>
    [
      markerOf(preview.stack),
      ...headOf(preview, changes),
      ...changeTable(changes, kept.rows),
      "",
      ...cut(policies, kept.policies, "lines", ALL),
      "",
      ...costTable(costs, preview),
      ...folded(diff, kept.diff),
      "",
    ].join("\n"),
  );
}

/** The comment in place of one that cannot be written: an older one would be of another commit. */
export function apologyOf(stack: string, why: string): string {
  const text = withoutMentions(why);
  return [markerOf(stack), `## ${code(stack)}: no preview`, "", fenced(text), ""].join("\n");
}

/** Where what does not fit is. */
const ALL = "`diff.txt` in the artifact of the job has all";

const DONE: Record<Operation, string> = {
  replace: "to replace",
  delete: "to delete",
  create: "to create",
  import: "to import",
  update: "to update",
};

function headOf(preview: Preview, changes: Change[]): string[] {
  const { stack, run, emulated, commit, failure } = preview;
  const nothing = failure === undefined ? "no change" : "the preview failed";
  const refusal = run.said.some(({ level }) => level !== "advisory")
    ? ["**policies refuse it**"]
    : [];
  const counts = [...countsOf(changes)].map(([operation, count]) => {
    const words = `${count} ${DONE[operation]}`;
    return operation === "replace" ? `**${words}**` : words;
  });
  return [
    `## ${code(stack)}: ${[counts.join(", ") || nothing, ...refusal].join("; ")}`,
    "",
    ...(commit === undefined ? [] : [`Preview of ${code(commit.slice(0, 12))}.`, ""]),
    ...(emulated
      ? [
          "Previewed without credentials, on an empty emulated cloud: it lists all that the program creates, not what changes in the stack that runs. Names and messages are those of the pull request's own code.",
          "",
        ]
      : []),
    ...(failure === undefined
      ? []
      : ["**The preview failed, so this is not all.**", "", fenced(failure), ""]),
    ...restartLines(changes),
  ];
}

/** The model servers of several clusters restart together, unless `make rollout` goes region by region. */
function restartLines(changes: Change[]): string[] {
  const restarted = changes.filter(
    ({ operation, component, resources, properties }) =>
      operation === "update" &&
      component.startsWith("ModelServer ") &&
      resources.some(({ kind }) => kind === "Deployment") &&
      properties.some((property) => property.startsWith("spec.template.")),
  );
  const clusters = [...new Set(restarted.map(({ cluster }) => cluster))];
  if (clusters.length < 2) return [];
  return [
    `**\`pulumi up\` replaces the model servers of ${listed(clusters.map(code))} at once.** \`make rollout\` brings a new model to one region after another.`,
    "",
  ];
}

function changeTable(changes: Change[], rows: number): string[] {
  if (changes.length === 0) return [];
  return [
    row(["", "cluster", "component", "resources", "properties"]),
    row(["---", "---", "---", "---", "---"]),
    ...cut(changes.map(changeRow), rows, "rows", ALL),
  ];
}

function changeRow({ operation, cluster, component, resources, properties }: Change): string {
  const cells = [
    operation,
    cluster && code(cluster),
    component && code(component),
    resourceCell(operation, resources),
    listed(properties.map(code)),
  ];
  return row(operation === "replace" ? cells.map((cell) => cell && `**${cell}**`) : cells);
}

/** The resources by name; what is created in large numbers, by kind with a number. */
function resourceCell(operation: Operation, resources: Change["resources"]): string {
  const byName = operation !== "create" || resources.length <= 3;
  if (byName) return listed(resources.map(({ kind, name }) => `${kind} ${code(name)}`));
  const kinds = new Map<string, number>();
  for (const { kind } of resources) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const cells = [...kinds].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`));
  return listed(cells.sort());
}

/** The summary of the policy pack, one heading lower. */
function policiesOf(run: Run, guides: readonly Guide[]): string[] {
  const lines = withoutMentions(summaryOf(run, guides)).trimEnd().split("\n");
  return lines.map((line) => line.replace(/^##/, "###"));
}

function costTable({ before, after }: Costs, { emulated }: Preview): string[] {
  const was = emulated ? "unknown without credentials" : before;
  const rows = [
    costRow("a month, what always runs", was, after, ({ monthlyUsd }) => monthlyUsd),
    costRow("a month, at most", was, after, ({ mostMonthlyUsd }) => mostMonthlyUsd),
  ];
  const { pricedOn = "", unknown = [] } = typeof after === "string" ? {} : after;
  return [
    "### Cost",
    "",
    row(["", "before", "after", ""]),
    row(["---", "--:", "--:", "--:"]),
    ...rows,
    ...(pricedOn ? ["", `List prices of ${code(pricedOn)}, without traffic.`] : []),
    ...(unknown.length > 0
      ? [`In no sum, because the price is unknown: ${listed(unknown.map(code))}.`]
      : []),
  ];
}

function costRow(
  name: string,
  before: Estimate | string,
  after: Estimate | string,
  usd: (estimate: Estimate) => number,
): string {
  const cell = (side: Estimate | string) => (typeof side === "string" ? side : money(usd(side)));
  const known = typeof before !== "string" && typeof after !== "string";
  const difference = known ? usd(after) - usd(before) : 0;
  const sign = difference > 0 ? "+" : "";
  const delta = difference === 0 ? (known ? "the same" : "") : `**${sign}${money(difference)}**`;
  return row([name, cell(before), cell(after), delta]);
}

/** Lines of the engine that are about this machine, or about its progress. */
const NOISE =
  /^(warning: using pulumi-resource-|warning: resource plugin |@ (previewing|updating))/;

function diffOf(text: string): string[] {
  const trimmed = text.trimEnd();
  return trimmed === "" ? [] : trimmed.split("\n").filter((line) => !NOISE.test(line));
}

function folded(lines: string[], count: number): string[] {
  if (lines.length === 0) return [];
  const left = lines.length - count;
  const sentence = `${left === lines.length ? "It does" : `${counted(left, "line")} do`} not fit into a comment; ${ALL}.`;
  return [
    "",
    "<details><summary><code>pulumi preview --diff</code></summary>",
    "",
    ...(count > 0 ? [fenced(lines.slice(0, count).join("\n"), "diff")] : []),
    ...(left > 0 ? ["", sentence] : []),
    "",
    "</details>",
  ];
}

/** The first lines, and a sentence in place of the others. */
function cut(lines: string[], count: number, what: string, where: string): string[] {
  const left = lines.length - count;
  if (left === 0) return lines;
  const sentence = `${left.toLocaleString("en-US")} more ${what} do not fit into a comment; ${where}.`;
  return [...lines.slice(0, count), "", sentence];
}
