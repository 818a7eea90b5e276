import * as fs from "node:fs";

export interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** The machine's processes, from /proc. */
export function processes(): Process[] {
  return fs
    .readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        return [read(Number(entry))];
      } catch {
        return []; // It ended while we looked.
      }
    });
}

/** A process and all that descend from it. */
export function treeOf(roots: number[], all = processes()): Process[] {
  const found = new Set(all.filter(({ pid }) => roots.includes(pid)));
  for (const { pid } of found) {
    for (const child of all) if (child.parent === pid) found.add(child); // A Set's loop visits what it adds.
  }
  return [...found];
}

/** Processes that name a directory on their command line: those that a rehearsal in it has started. */
export function processesOf(directory: string): Process[] {
  return processes().filter(
    ({ pid, command }) => pid !== process.pid && command.includes(directory),
  );
}

/**
 * Ends what a killed engine leaves behind. Language hosts and policy packs have process groups of their own, and look
 * only every few minutes, or never, whether their engine is still there; a program whose host is gone may never end.
 * @param home below which the engine's PULUMI_HOME is
 */
export function endHelpersOfEngine(home: string): void {
  const ended = new Set<number>();
  // A language host may start its program while we look.
  for (;;) {
    const left = processes().filter(({ pid, command }) => {
      return !ended.has(pid) && LEFT_BEHIND.test(command) && worksIn(pid, home);
    });
    if (left.length === 0) return;
    for (const { pid } of left) {
      signalIfThere(pid, "SIGKILL");
      ended.add(pid);
    }
  }
}

/**
 * Ends all that this process has started and that runs still. Each process is stopped first: an engine that is killed
 * while it starts a plugin would leave the plugin without a parent.
 */
export function endDescendants(): void {
  const stopped = new Set([process.pid]);
  for (;;) {
    const running = treeOf([process.pid]).filter(({ pid }) => !stopped.has(pid));
    if (running.length === 0) break;
    for (const { pid } of running) {
      signalIfThere(pid, "SIGSTOP");
      stopped.add(pid);
    }
  }
  stopped.delete(process.pid);
  for (const pid of stopped) signalIfThere(pid, "SIGKILL");
}

/** A process may end by itself before the signal reaches it. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}

export function helpersOfEngine(home: string): Process[] {
  return processes().filter(({ pid, command }) => HELPER.test(command) && worksIn(pid, home));
}

/** Whether a `pulumi` command works on the stacks of this home. */
export function engineRuns(home: string): boolean {
  return processes().some(({ pid, command }) => ENGINE.test(command) && worksIn(pid, home));
}

/** Language hosts, the programs that they run, and policy packs. */
const HELPER = /pulumi-language-|pulumi\/cmd\/run\/|run-policy-pack/;
/** A provider ends with its engine, unless that was killed while it started the provider. */
const LEFT_BEHIND = new RegExp(`${HELPER.source}|pulumi-resource-`);
/** Not the wrapper of a kept rehearsal, which is a shell. */
const ENGINE = /^\S*pulumi (up|update|preview|refresh|destroy|stack|import)\b/;

function worksIn(pid: number, home: string): boolean {
  return environmentOf(pid).includes(`PULUMI_HOME=${home}`);
}

function environmentOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return ""; // It has ended, or is somebody else's.
  }
}

function read(pid: number): Process {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command in parentheses may hold blanks; fields count from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  return { pid, parent: Number(fields[1]), command };
}

/** Samples the memory of process trees until it is stopped. */
export class MemoryWatch {
  private peak = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly roots: () => number[]) {
    this.timer = setInterval(() => this.sample(), 1000);
    this.timer.unref();
  }

  /** The largest sum that was seen, in bytes. */
  stop(): number {
    clearInterval(this.timer);
    return this.peak;
  }

  private sample(): void {
    const sum = treeOf(this.roots()).reduce((total, { pid }) => total + memoryOf(pid), 0);
    this.peak = Math.max(this.peak, sum);
  }
}

/**
 * Resident memory in bytes, with what processes share divided among them: several processes of one program share its
 * code. Source: Pss of smaps_rollup in proc(5).
 */
export function memoryOf(pid: number): number {
  try {
    const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It has ended, or is somebody else's.
  }
}
