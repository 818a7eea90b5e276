import type { Outcome } from "./course";
import { lineOf } from "./expectation";
import { messageOf } from "../../toolchain/errors";

/** Prints a line for each result and, at the end, how many passed. What was not run has failed. */
export class Results {
  private passed = 0;

  /**
   * @param all how many results there have to be
   * @param detailed prints each step too
   */
  constructor(
    private readonly all: number,
    private readonly detailed: boolean,
  ) {}

  /** An error is a problem like others. */
  async count(name: string, run: () => Promise<Outcome>): Promise<void> {
    const start = Date.now();
    const outcome = await run().catch((error: unknown): Outcome => ({
      steps: [],
      problems: [messageOf(error)],
    }));
    this.add(name, outcome, (Date.now() - start) / 1000);
  }

  add(name: string, { steps, problems }: Outcome, seconds?: number): void {
    if (problems.length === 0) this.passed++;
    const mark = problems.length === 0 ? "✓" : "✗";
    const time = seconds === undefined ? "" : `; ${seconds.toFixed(1)} s`;
    console.log(`${mark} ${name} (${countsOf(steps)}${time})`);
    for (const problem of problems) console.log(`    ${problem}`);
    if (this.detailed) for (const step of steps) console.log(`    ${lineOf(step)}`);
  }

  /** @returns whether all passed */
  close(): boolean {
    console.log(`${this.passed} passed, ${this.all - this.passed} failed`);
    return this.passed === this.all;
  }
}

/** Such as `2 update, 41 create`. */
function countsOf(steps: Outcome["steps"]): string {
  const operations = [...new Set(steps.map(({ operation }) => operation))];
  const counts = operations.map(
    (operation) => `${steps.filter((step) => step.operation === operation).length} ${operation}`,
  );
  return counts.join(", ") || "nothing";
}
