import { ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { lastLines } from "./files";
import { WATCHDOG } from "./watchdog";

export interface Command {
  /** As a reader knows it, such as `kube-apiserver of gke-east`. */
  title: string;
  binary: string;
  args: string[];
  /** Standard output and error are appended here. */
  log: string;
  /** Holds the process id while it runs. */
  pidFile: string;
}

/** A process ended before it served. The message names it, its last words and its log. */
export class StartupFailure extends Error {
  constructor(
    command: Command,
    what: string,
    readonly words: string[],
  ) {
    const { title, log } = command;
    const said = words.map((line) => `\n  ${line}`).join("");
    const end = said === "" ? `its log ${log} is empty` : `the end of its log ${log}:${said}`;
    super(`${title} ${what}; ${end}`);
    this.name = "StartupFailure";
  }
}

/** GKE's own supervisor needs about as long to replace a control-plane process that died. */
const RESTART_DELAY_MS = 2000;
const RECENT_MS = 2 * RESTART_DELAY_MS;
const POLL_MS = 50;

/** Runs a command under a watchdog, and again whenever it ends without having been stopped. */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private restart: NodeJS.Timeout | undefined;
  private stopped = false;
  private ended: Promise<number | null> = Promise.resolve(null);
  private lastEnd: { code: number | null; at: number } | undefined;

  constructor(private command: Command) {}

  /** The process itself, not its watchdog; undefined while it does not run. */
  get pid(): number | undefined {
    if (this.child === undefined) return undefined;
    const pid = Number(readText(this.command.pidFile));
    return pid > 0 ? pid : undefined;
  }

  /** A line about a process that ended a moment ago without having been stopped. */
  get problem(): string | undefined {
    if (this.lastEnd === undefined || Date.now() - this.lastEnd.at > RECENT_MS) return undefined;
    const { title, log } = this.command;
    return `${title} ended with code ${this.lastEnd.code} and is started again; its log is ${log}`;
  }

  /**
   * Starts it and waits until `ready` says so.
   * @throws StartupFailure where it ends before, or is not ready in time
   */
  async start(ready: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    this.stopped = false;
    this.spawn();
    let code: number | null | undefined;
    void this.ended.then((given) => (code = given));
    const deadline = Date.now() + timeoutMs;
    while (!(await ready())) {
      if (code !== undefined) throw await this.failure(`ended with code ${code} before it served`);
      if (Date.now() > deadline) throw await this.failure(`is not ready after ${timeoutMs} ms`);
      await sleep(POLL_MS);
    }
    this.keepRunning();
  }

  /** Ends it, and starts it again with other arguments. @throws StartupFailure as `start` */
  async change(args: string[], ready: () => Promise<boolean>): Promise<void> {
    await this.stop();
    this.command = { ...this.command, args };
    await this.start(ready);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.restart);
    this.child?.stdin?.destroy();
    await this.ended;
  }

  private spawn(): void {
    const { binary, args, log, pidFile } = this.command;
    endLeftOver(this.command);
    const output = fs.openSync(log, "a");
    // A group of its own: Ctrl-C in the daemon's terminal must not reach it before an orderly stop.
    const child = spawn("sh", ["-c", WATCHDOG, "watchdog", pidFile, binary, ...args], {
      stdio: ["pipe", output, output],
      detached: true,
    });
    fs.closeSync(output);
    this.child = child;
    this.ended = new Promise((resolve) => {
      child.once("error", () => resolve(null));
      child.once("exit", (code) => resolve(code));
    });
    void this.ended.then(() => {
      // Where the watchdog itself was killed, this ends the process that it watched.
      child.stdin?.destroy();
      if (this.child === child) this.child = undefined;
    });
  }

  private keepRunning(): void {
    void this.ended.then((code) => {
      if (this.stopped) return;
      this.lastEnd = { code, at: Date.now() };
      this.restart = setTimeout(() => {
        this.spawn();
        this.keepRunning();
      }, RESTART_DELAY_MS);
    });
  }

  private async failure(what: string): Promise<StartupFailure> {
    await this.stop();
    return new StartupFailure(this.command, what, await lastLines(this.command.log, 6));
  }
}

/**
 * Ends the process that an earlier daemon's pid file names. Process ids are used again, so it must
 * still be that program, working on files beside the pid file.
 */
function endLeftOver(command: Command): void {
  const pid = Number(readText(command.pidFile));
  if (!(pid > 0)) return;
  const [program, ...args] = readText(`/proc/${pid}/cmdline`).split("\0");
  const directory = path.dirname(command.pidFile);
  if (program === command.binary && args.some((arg) => arg.includes(directory))) {
    process.kill(pid, "SIGKILL");
  }
  fs.rmSync(command.pidFile, { force: true });
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
