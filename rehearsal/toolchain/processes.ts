import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /**
   * Ends the process and everything it started; `run` then rejects with the signal's reason. Left
   * out: a terminal's Ctrl-C ends them directly.
   */
  signal?: AbortSignal;
  /** Milliseconds after which it is ended the same way. */
  timeout?: number;
  /** Each line of its standard error as it comes. */
  onErrorLine?: (line: string) => void;
}

export interface RunResult {
  /** Exit code; -1 where a signal ended the process. */
  code: number;
  stdout: string;
  stderr: string;
}

/** Milliseconds between asking a process to end and ending it. */
const GRACE = 2000;

/** Pids, those of process groups negative. */
const running = new Set<number>();
process.on("exit", () => {
  for (const target of running) endProcess(target, "SIGKILL");
});

/**
 * Runs a program to its end. With a signal it leads a process group of its own, so that ending it
 * ends its children as well: `go build` runs a compiler per core, which a signal to `go` alone
 * would leave behind. Rejects where the program cannot be started.
 */
export async function run(
  command: string,
  args: string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const stop = stopSignal(options);
  stop?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: options.signal !== undefined,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const target = child.pid && (options.signal ? -child.pid : child.pid);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  if (options.onErrorLine) createInterface(child.stderr).on("line", options.onErrorLine);

  let kill: NodeJS.Timeout | undefined;
  const end = () => {
    if (target === undefined) return;
    endProcess(target, "SIGTERM");
    kill = setTimeout(() => endProcess(target, "SIGKILL"), GRACE);
  };
  if (target !== undefined) running.add(target);
  stop?.addEventListener("abort", end, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exit) => resolve(exit ?? -1));
    });
    if (stop?.aborted && target !== undefined) endProcess(target, "SIGKILL");
    stop?.throwIfAborted();
    return { code, stdout, stderr };
  } finally {
    clearTimeout(kill);
    stop?.removeEventListener("abort", end);
    if (target !== undefined) running.delete(target);
  }
}

/** What a program prints on both streams; undefined where it fails or takes more than 10 s. */
export async function answerOf(
  command: string,
  args: string[],
  { env, signal }: Pick<RunOptions, "env" | "signal">,
): Promise<string | undefined> {
  try {
    const { code, stdout, stderr } = await run(command, args, { env, signal, timeout: 10_000 });
    return code === 0 ? stdout + stderr : undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

function stopSignal({ signal, timeout }: RunOptions): AbortSignal | undefined {
  const signals = [signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)];
  const given = signals.filter((candidate) => candidate !== undefined);
  return given.length === 0 ? undefined : AbortSignal.any(given);
}

function endProcess(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It has ended by itself.
  }
}
