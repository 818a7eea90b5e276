import { ageInDays, isOld } from "../catalog/dated";
import { PRICES_DATED } from "../catalog/prices";

import type { CostEstimate } from "./estimate";

/**
 * An estimate as a table to read in a preview, with the day of its prices.
 * @param today decides only whether the prices are called old
 */
export function costMessage(estimate: CostEstimate, today: Date): string {
  const { pricedOn, unknown, notes } = estimate;
  return [
    `What this stack costs, in US dollars an hour, by list prices of ${pricedOn}:`,
    ...table(estimate).map((line) => `  ${line}`),
    ...unknown.map((what) => `Unknown price, in no sum: ${what}.`),
    ...notes,
    ...ageWarning(pricedOn, today),
  ].join("\n");
}

/** An estimate as Markdown, the same on any day. */
export function costMarkdown(estimate: CostEstimate): string {
  const { pricedOn, unknown, notes } = estimate;
  const [head = [], ...rows] = cells(estimate);
  const row = (texts: string[]) => `| ${texts.join(" | ")} |`;
  return [
    `US dollars an hour, by list prices of ${pricedOn}:`,
    "",
    row(head),
    row(head.map((_, column) => (column < 2 ? "---" : "--:"))),
    ...rows.map(row),
    "",
    ...unknown.map((what) => `Unknown price, in no sum: ${what}.`),
    ...notes,
  ].join("\n");
}

function table(estimate: CostEstimate): string[] {
  return aligned(cells(estimate));
}

function cells(estimate: CostEstimate): string[][] {
  const { components, unknown, hourlyUsd, mostHourlyUsd, monthlyUsd, mostMonthlyUsd } = estimate;
  const partly = unknown.length > 0 ? ", without unknown prices" : "";
  return [
    ["", "", "always", "at most"],
    ...components.map((component) => [
      component.name,
      component.what,
      money(component.hourlyUsd),
      money(component.mostHourlyUsd),
    ]),
    [`sum${partly}`, "", money(hourlyUsd), money(mostHourlyUsd)],
    ["a month of 730 hours", "", money(monthlyUsd), money(mostMonthlyUsd)],
  ];
}

/** Words to the left of their column, figures to the right. */
function aligned(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  "),
  );
}

function money(usd: number | undefined): string {
  if (usd === undefined) return "unknown";
  return usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Spot prices move from month to month: older figures mislead. */
function ageWarning(pricedOn: string, today: Date): string[] {
  const prices = { ...PRICES_DATED, asOf: pricedOn };
  if (!isOld(prices, today)) return [];
  const days = ageInDays(prices, today);
  return [
    `These prices are ${days} days old, and spot prices move monthly: renew catalog/prices.ts.`,
  ];
}
