import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";

import { WATCHDOG } from "../../controlPlane/watchdog";

export interface ProcessCommand {
  binary: string;
  args: string[];
  env: Record<string, string>;
  /** Where it runs. */
  directory: string;
  /** Standard output and error are appended here. */
  log: string;
  /** Holds the process id while it runs. */
  pidFile: string;
}

/** The process of one container. It never outlives the daemon, however that ends. */
export class PodProcess {
  private readonly child: ChildProcess;
  /** Exit code; 128 and the signal's number where a signal ended it. */
  readonly ended: Promise<number>;

  constructor(private readonly command: ProcessCommand) {
    const { binary, args, env, directory, log, pidFile } = command;
    const output = fs.openSync(log, "a");
    this.child = spawn("sh", ["-c", WATCHDOG, "watchdog", pidFile, binary, ...args], {
      cwd: directory,
      env,
      stdio: ["pipe", output, output],
      detached: true,
    });
    fs.closeSync(output);
    this.ended = new Promise((resolve) => {
      this.child.once("error", () => resolve(127));
      this.child.once("exit", (code) => resolve(code ?? 137));
    });
    void this.ended.then(() => this.kill());
  }

  /** SIGTERM: asks it to end what it has begun. */
  terminate(): void {
    const pid = this.pid;
    if (pid === undefined) this.kill();
    else process.kill(pid, "SIGTERM");
  }

  /** SIGKILL, by the watchdog whose input ends. */
  kill(): void {
    this.child.stdin?.destroy();
  }

  /** Undefined before the process runs and after it has ended. */
  private get pid(): number | undefined {
    try {
      const pid = Number(fs.readFileSync(this.command.pidFile, "utf8"));
      return pid > 0 ? pid : undefined;
    } catch {
      return undefined;
    }
  }
}
