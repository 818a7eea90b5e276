import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { signalIfThere, treeOf } from "./processes";

/** A command that a user types, while it runs and after. */
export class Operation {
  private said = "";

  private constructor(
    private readonly child: ChildProcess,
    onText?: (text: string) => void,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.said += text;
        onText?.(text);
      });
    }
  }

  /**
   * @param env all of its environment
   * @param onText gets what it says, as it comes
   */
  static start(
    [program, ...args]: [string, ...string[]],
    directory: string,
    env: Record<string, string | undefined>,
    onText?: (text: string) => void,
  ): Operation {
    const child = spawn(program, args, {
      cwd: directory,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, as a shell gives it.
      detached: true,
    });
    return new Operation(child, onText);
  }

  /** Everything that it has said so far. */
  get output(): string {
    return this.said;
  }

  /** @returns its exit code; null where a signal ended it */
  async end(): Promise<number | null> {
    if (this.runs) await once(this.child, "close");
    return this.child.exitCode;
  }

  /** @throws with all that it said unless it exits 0 */
  async succeed(): Promise<string> {
    const code = await this.end();
    if (code !== 0) throw new Error(`it ended with ${code}:\n${this.said}`);
    return this.said;
  }

  /** Signals it alone, not what it has started. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Signals it and all that it has started, as a terminal does at Ctrl-C. */
  pressCtrlC(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, "SIGINT");
  }

  /** Ends it and all that it has started, without a chance to tidy up. */
  kill(): void {
    if (!this.runs || this.child.pid === undefined) return;
    for (const { pid } of treeOf([this.child.pid])) signalIfThere(pid, "SIGKILL");
  }

  private get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}
