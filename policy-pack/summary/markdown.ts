import type { Run, Said } from "./events";

/** What the summary says about a policy in addition to its messages. */
export interface Guide {
  readonly name: string;
  readonly remediationSteps?: string | undefined;
  readonly url?: string | undefined;
}

/** A summary for a pull request: mandatory violations first, then advisory ones. */
export function summaryOf(run: Run, guides: readonly Guide[]): string {
  const forbidden = run.said.filter(({ level }) => level !== "advisory");
  const advised = run.said.filter(({ level }) => level === "advisory");
  return [
    `## Policies: ${verdictOf(run, forbidden, advised)}`,
    ...section("To fix", forbidden, guides),
    ...section("Advisory", advised, guides),
    // If a mandatory policy is violated, the errors of the engine only repeat that the preview
    // failed.
    ...(forbidden.length > 0 ? [] : run.errors.map((error) => `\n${fenced(error)}`)),
    "",
  ].join("\n");
}

/** Whether the run passed. A run in which no policy judged anything did not. */
export function hasPassed(run: Run): boolean {
  const forbidden = run.said.some(({ level }) => level !== "advisory");
  return !forbidden && hasJudged(run) && run.errors.length === 0;
}

function hasJudged({ judged, packs }: Run): boolean {
  return judged.size > 0 || packs.length > 0;
}

function verdictOf(run: Run, forbidden: readonly Said[], advised: readonly Said[]): string {
  if (forbidden.length > 0) {
    return counted(forbidden.length, "violation");
  }
  if (run.errors.length > 0) {
    return "the run failed";
  }
  if (!hasJudged(run)) {
    return "no policy judged anything";
  }
  const passed =
    run.judged.size > 0 ? `${run.judged.size} passed` : `${run.packs.join(", ")} passed`;
  return advised.length === 0 ? passed : `${passed}, ${`${advised.length} advisory`}`;
}

function section(title: string, said: readonly Said[], guides: readonly Guide[]): string[] {
  if (said.length === 0) {
    return [];
  }
  const rows = said.map((each) => {
    const guide = guides.find(({ name }) => name === each.policy);
    const name = guide?.url === undefined ? each.policy : `[${each.policy}](${guide.url})`;
    const severity = each.severity === "" ? "" : `<br>${each.severity}`;
    const cells = [
      `${name}${severity}`,
      each.resource,
      ruleAndPlace(each),
      guide?.remediationSteps,
    ];
    return `| ${cells.map((cell) => escaped(cell ?? "")).join(" | ")} |`;
  });
  return [
    "",
    `### ${title}`,
    "",
    "| policy | resource | message | fix |",
    "| --- | --- | --- | --- |",
    ...rows,
  ];
}

/** The message without the description, which is the same in all messages of a policy. */
function ruleAndPlace({ message }: Said): string {
  const [, ...below] = message.split("\n");
  return below.length === 0 ? message : below.join(" ");
}

/** Escapes bars and line breaks, which end a cell, and tags, which Markdown renders. */
function escaped(text: string): string {
  return text
    .replace(/\|/g, "\\|")
    .replace(/\n/g, " ")
    .replace(/<(?!br>)/g, "&lt;");
}

/** A block of code. Its fence is longer than any in the text, so that the text cannot end it. */
export function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
