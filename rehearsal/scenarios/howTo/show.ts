import type { Defect } from "./defects/defect";
import { messageOf } from "../../toolchain/errors";

/** Runs demonstrations, and compares what each has seen with what the table of defects says. */
export class Show {
  private readonly outcomes = new Map<number, boolean>();

  constructor(
    private readonly defects: Defect[],
    private readonly print: (line: string) => void,
  ) {}

  /**
   * Shows one defect of the how-to. A failure is reported and counted; the later demonstrations still run.
   * @param demonstration follows the how-to, then applies the least correction; returns what it saw
   */
  async demonstrate(number: number, demonstration: () => Promise<string[]>): Promise<void> {
    const defect = this.defects.find((candidate) => candidate.number === number);
    if (defect?.shown.by !== "run") throw new Error(`defect ${number} is not one that is run`);
    const problem = await demonstration().then((seen) => difference(seen, defect), messageOf);
    this.outcomes.set(number, problem === undefined);
    const mark = problem === undefined ? "✓" : "✗";
    this.print(`${mark} ${number}. ${defect.title}: ${problem ?? defect.shown.seen.join("; ")}`);
  }

  /** Demonstrations that never ran count as failed. */
  counts(): { passed: number; failed: number } {
    const all = this.defects.filter(({ shown }) => shown.by === "run");
    const passed = all.filter(({ number }) => this.outcomes.get(number) === true).length;
    return { passed, failed: all.length - passed };
  }
}

function difference(seen: string[], { shown }: Defect): string | undefined {
  const stated = shown.by === "run" ? shown.seen : [];
  if (JSON.stringify(seen) === JSON.stringify(stated)) return undefined;
  const lines = (found: string[]) => found.map((line) => `\n    ${line}`).join("");
  return `not as stated. Stated:${lines(stated)}\n  Seen:${lines(seen)}`;
}
