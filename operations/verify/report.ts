import type { Verdict } from "./verdict";

/** A verdict with the question that it is about. */
export type Row = Verdict & {
  /** A region, or the private name. */
  at: string;
  url: string;
  check: string;
  /** What was asked, in a line. */
  asked: string;
  /** No answer came at all. */
  silent?: boolean;
};

/** For terminals: a line for each check, and below one that failed, what was asked and what to do. */
export function asTable(from: string, rows: Row[]): string[] {
  const headings = ["region", "check", "status", "came"];
  const cells = rows.map(({ at, check, status, came }, i) => [
    rows[i - 1]?.at === at ? "" : at,
    check,
    status,
    came,
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(...[headings, ...cells].map((row) => (row[column] ?? "").length)),
  );
  const line = (row: string[]) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ");
  const indent = " ".repeat(widths.reduce((sum, width) => sum + width + 2, 0));
  return [
    `The gateway of ${from}:`,
    "",
    line(headings),
    line(widths.map((width) => "-".repeat(width)).concat("----")),
    ...rows.flatMap((row, i) => [
      line(cells[i] ?? []),
      ...(row.status === "failed"
        ? [`${indent}  ${row.url} ${row.asked}`, `${indent}  ${row.why}`]
        : []),
    ]),
    "",
  ];
}

export function failuresIn(rows: Row[]): Row[] {
  return rows.filter(({ status }) => status === "failed");
}

/** The last line of a run in which all is well. */
export function closing(rows: Row[]): string {
  const entrances = new Set(rows.map(({ at }) => at));
  const answered = rows.filter(({ status }) => status === "ok").length;
  return `${answered} answers, as expected, from ${[...entrances].join(", ")}.`;
}

/** The error that ends a run in which a check failed. */
export function wordsOfFailures(rows: Row[]): string {
  const failures = failuresIn(rows);
  const count = failures.length === 1 ? "1 check failed" : `${failures.length} checks failed`;
  return `${count}: ${failures.map(({ at, check }) => `${check} at ${at}`).join(", ")}.`;
}

/** For jobs. */
export function asJson(from: string, rows: Row[]): string {
  const result = failuresIn(rows).length > 0 ? "failed" : "ok";
  const checks = rows.map((row) => {
    const { at, url, check, asked, status, came } = row;
    return {
      at,
      url,
      check,
      asked,
      status,
      came,
      ...(row.status === "failed" && { why: row.why }),
    };
  });
  return JSON.stringify({ gateway: from, result, checks }, undefined, 2);
}

/** For jobs, if nothing could be asked. */
export function notAskedJson(from: string, why: string): string {
  return JSON.stringify({ gateway: from, result: "not asked", why }, undefined, 2);
}
