import type { Run, Said } from "./events";

/** What the summary says of a policy beside its messages. */
export interface Guide {
  readonly name: string;
  readonly remediationSteps?: string | undefined;
  readonly url?: string | undefined;
}

/** A summary for a pull request: what is forbidden first, then what is advised. */
export function summaryOf(run: Run, guides: readonly Guide[]): string {
  const forbidden = run.said.filter(({ level }) => level !== "advisory");
  const advised = run.said.filter(({ level }) => level === "advisory");
  return [
    `## Policies: ${verdictOf(run, forbidden, advised)}`,
    ...section("Has to be mended", forbidden, guides),
    ...section("Advice", advised, guides),
    // That a preview failed is all the engine says itself where a policy is the reason.
    ...(forbidden.length > 0 ? [] : run.errors.map((error) => `\n\`\`\`\n${error}\n\`\`\``)),
    "",
  ].join("\n");
}

/** Whether the run may be called good. One in which no policy judged anything may not. */
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
    return "none judged anything, so nothing is known";
  }
  const passed =
    run.judged.size > 0 ? `${run.judged.size} passed` : `${run.packs.join(", ")} passed`;
  return advised.length === 0
    ? passed
    : `${passed}, ${counted(advised.length, "advice", "advices")}`;
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

/** The message without the description above it, which is the same for each of a policy's. */
function ruleAndPlace({ message }: Said): string {
  const [, ...below] = message.split("\n");
  return below.length === 0 ? message : below.join(" ");
}

/** A cell of a table ends with a bar or a line, and a tag in it is taken for one. */
function escaped(text: string): string {
  return text
    .replace(/\|/g, "\\|")
    .replace(/\n/g, " ")
    .replace(/<(?!br>)/g, "&lt;");
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
