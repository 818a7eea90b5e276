import type { Directories } from "../../stage/directories";
import { table } from "../rehearsal/steps";

/** One of the things that `make bench` measures. */
export interface Section {
  /** `ONLY=<name>` runs it alone. */
  name: string;
  /** @returns what it found, as tables with its goals */
  run(directories: Directories): Promise<string>;
}

/** A limit that a figure is to keep. */
export interface Goal {
  what: string;
  figure: number;
  /** The highest value that is allowed. */
  limit: number;
  unit?: string;
}

export function goalTable(goals: Goal[]): string {
  const rows = goals.map(({ what, figure, limit, unit = "" }) => [
    what,
    `${round(figure)}${unit}`,
    `<= ${limit}${unit}`,
    figure <= limit ? "met" : "NOT met",
  ]);
  return table(["goal", "figure", "limit", ""], rows);
}

/** Two digits behind the point, rounded up: a figure just above its limit must not read as the limit. */
function round(figure: number): string {
  return (Math.ceil(figure * 100) / 100).toFixed(2);
}
