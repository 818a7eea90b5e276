import { Interruption } from "../../stage/interruption";
import { type Directories, directoriesFromEnv } from "../../stage/directories";
import { endDescendants, processes } from "../../stage/processes";
import { messageOf } from "../../toolchain/errors";
import { LockHeld, withLock } from "../../toolchain/lock";

/** The work of a command. @returns false if it found a problem */
export type Main = (
  directories: Directories,
  interruption: Interruption,
) => Promise<boolean | void>;

export interface CommandOptions {
  /** Whether it needs exclusive use of the state directory. @default true */
  alone?: boolean;
  /** Exit code if it could not do its work. @default 1 */
  errorCode?: number;
}

/** Shells expect this code of a process that SIGINT has ended. */
const INTERRUPTED = 130;

/**
 * What all make targets of the rehearsal have in common. Exits 0 when all is well, 1 when it is not, 130 when it was
 * interrupted; then no process that it has started is left.
 */
export function runCommand(main: Main, options: CommandOptions = {}): void {
  const { alone = true, errorCode = 1 } = options;
  const interruption = new Interruption();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => interruption.interrupt());
  }
  const run = async () => {
    const directories = directoriesFromEnv();
    const work = () => leavingNothing(main(directories, interruption), interruption);
    return (await (alone ? withState(directories.state, work) : work())) === false ? 1 : 0;
  };
  const failed = (error: unknown) => {
    console.error(messageOf(error));
    return errorCode;
  };
  void run()
    .catch(failed)
    .then((code) => {
      // Interrupted work must not keep the process alive.
      if (interruption.happened) process.exit(INTERRUPTED);
      process.exitCode = code;
    });
}

async function leavingNothing<T>(work: Promise<T>, interruption: Interruption): Promise<T> {
  try {
    return await work;
  } finally {
    if (interruption.happened) endDescendants();
  }
}

/**
 * Only one command at a time works on a state directory: a second one would end the first one's cloud. The lock is
 * beside the directory, so that `make clean` can remove the directory while it holds the lock.
 * @throws Error that names the command that holds it
 */
async function withState<T>(state: string, work: () => Promise<T>): Promise<T> {
  try {
    return await withLock(`${state}.lock`, { whenHeld: "fail" }, work);
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    const holder = processes().find(({ pid }) => pid === error.pid);
    throw new Error(
      `another rehearsal of this checkout is running (process ${error.pid}: ${holder?.command}); wait for it, or interrupt it`,
    );
  }
}
