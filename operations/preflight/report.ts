import type { Status } from "./finding";

/** A finding with the check that it is of. */
export interface Row {
  check: string;
  asked: string;
  status: Status;
  found: string;
  fix?: string;
}

export interface Report {
  stack: string;
  project: string;
  rows: Row[];
}

/** What to run if nothing is in the way. */
export function nextCommands(stack: string): string[] {
  return [
    `pulumi preview --policy-pack policy-pack --stack ${stack}`,
    `pulumi up --policy-pack policy-pack --stack ${stack}`,
  ];
}

export function countOf(rows: Row[], status: Status): number {
  return rows.filter((row) => row.status === status).length;
}

/** For terminals: a line for each finding, and below it what fixes it. */
export function asTable({ stack, project, rows }: Report): string[] {
  const headings = ["check", "status", "found"];
  const cells = rows.map((row, i) => [
    rows[i - 1]?.check === row.check ? "" : row.check,
    row.status,
    row.found,
  ]);
  const widths = [0, 1].map((column) =>
    Math.max(...[headings, ...cells].map((row) => (row[column] ?? "").length)),
  );
  const line = (row: string[]) =>
    row.map((cell, i) => (i < widths.length ? cell.padEnd(widths[i] ?? 0) : cell)).join("  ");
  const indent = " ".repeat(widths.reduce((sum, width) => sum + width + 2, 0));
  return [
    `Stack ${stack}, project ${project}:`,
    "",
    line(headings),
    line(widths.map((width) => "-".repeat(width)).concat("-----")),
    ...rows.flatMap(({ fix }, i) => [
      line(cells[i] ?? []),
      ...(fix === undefined ? [] : [`${indent}  ${fix}`]),
    ]),
    "",
    ...closing(stack, rows),
  ];
}

function closing(stack: string, rows: Row[]): string[] {
  if (countOf(rows, "problem") > 0) return [];
  const open = rows.length - countOf(rows, "ok");
  const what = open === 0 ? "Nothing" : "Nothing that was answered";
  return [
    `${what} is in the way of \`pulumi up\`. Next:`,
    ...nextCommands(stack).map((command) => `  ${command}`),
  ];
}

/** For jobs. */
export function asJson({ stack, project, rows }: Report): string {
  const problems = countOf(rows, "problem");
  const result = problems > 0 ? "problems" : "ok";
  const next = problems > 0 ? [] : nextCommands(stack);
  return JSON.stringify({ stack, project, result, findings: rows, next }, undefined, 2);
}

/** For jobs, if nothing could be asked. */
export function notAskedJson(stack: string, why: string): string {
  return JSON.stringify({ stack, result: "not asked", why }, undefined, 2);
}

/** The error that ends a run with problems. */
export function wordsOfProblems(stack: string, rows: Row[]): string {
  const count = countOf(rows, "problem");
  const problems = count === 1 ? "1 problem" : `${count} problems`;
  return `${problems}: \`pulumi up\` would fail. Fix what is named, then run again:\n  make preflight STACK=${stack}`;
}
