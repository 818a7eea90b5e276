import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { Interrupted, Refused } from "./commandExit";

/** The person or the job that started an operation, and the clock. */
export interface Terminal {
  /** Aborted when the command is to stop. */
  readonly interrupt: AbortSignal;
  print(line: string): void;
  /**
   * Asks the user to confirm by typing the name.
   * @throws Refused if the user does not
   */
  confirm(name: string, what: string): Promise<void>;
  /** Ends early, without an error, if the command is to stop. */
  wait(milliseconds: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The terminal, or the log of a job. */
export class ProcessTerminal implements Terminal {
  private readonly stop = new AbortController();

  /** @param yes confirms everything: for jobs, which have no terminal */
  constructor(private readonly yes: boolean) {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => this.stop.abort());
    }
  }

  get interrupt(): AbortSignal {
    return this.stop.signal;
  }

  print(line: string): void {
    console.log(line);
  }

  async confirm(name: string, what: string): Promise<void> {
    if (this.yes) return;
    if (!process.stdin.isTTY) {
      throw new Refused(`${what} There is no terminal to confirm on; set YES=1.`);
    }
    const answer = await this.ask(`${what} Type its name, "${name}", to continue: `);
    if (answer !== name) throw new Refused(`"${answer}" is not "${name}"; nothing was begun.`);
  }

  async wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }

  now(): number {
    return Date.now();
  }

  /** @throws Interrupted at Ctrl-C and Ctrl-D: without a listener, readline would wait forever */
  private async ask(question: string): Promise<string> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const left = new AbortController();
    for (const event of ["SIGINT", "close"]) terminal.once(event, () => left.abort());
    const signal = AbortSignal.any([left.signal, this.interrupt]);
    try {
      return (await terminal.question(question, { signal })).trim();
    } catch {
      throw new Interrupted("\nInterrupted; nothing was begun.");
    } finally {
      terminal.close();
    }
  }
}
