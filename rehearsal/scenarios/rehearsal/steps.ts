import { messageOf } from "../../toolchain/errors";

/** One step of a rehearsal. */
export interface Step {
  name: string;
  /** Returns what the closing table says of it. */
  run: () => Promise<string>;
}

export interface StepResult {
  name: string;
  seconds: number;
  note: string;
}

export type Reporter = (line: string) => void;

/** A step that failed, with the error that it failed with. */
export class StepFailed extends Error {
  constructor(
    readonly step: string,
    readonly done: StepResult[],
    override readonly cause: unknown,
  ) {
    super(messageOf(cause));
    this.name = "StepFailed";
  }
}

/**
 * Runs steps one after another and prints each with its time.
 * @throws StepFailed at the first that fails; those behind it are not begun
 */
export async function runSteps(steps: Step[], print: Reporter): Promise<StepResult[]> {
  const done: StepResult[] = [];
  for (const [i, step] of steps.entries()) {
    const heading = `[${i + 1}/${steps.length}] ${step.name}`;
    print(heading);
    const start = Date.now();
    try {
      const note = await step.run();
      const seconds = (Date.now() - start) / 1000;
      done.push({ name: step.name, seconds, note });
      print(`${" ".repeat(heading.indexOf("]") + 2)}${seconds.toFixed(1)} s  ${note}`);
    } catch (cause) {
      throw new StepFailed(step.name, done, cause);
    }
  }
  return done;
}

/** Rows of text under headings, in columns. */
export function table(headings: string[], rows: string[][]): string {
  const widths = headings.map((heading, i) =>
    Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(headings), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join(
    "\n",
  );
}
