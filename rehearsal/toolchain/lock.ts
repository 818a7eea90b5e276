import * as fs from "node:fs/promises";
import * as path from "node:path";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { codeOf } from "./errors";

/** Who holds a lock. `started` tells a process from a later one with the same pid. */
interface Holder {
  pid: number;
  started: string;
}

export interface LockOptions {
  /** What to do while another process holds the lock: wait for its end, or fail at once. @default "wait" */
  whenHeld?: "wait" | "fail";
  /** Ends the wait. */
  signal?: AbortSignal;
  /** Called once, with the pid that is waited for. */
  onWait?: (pid: number) => void;
}

/** Another process holds the lock. */
export class LockHeld extends Error {
  constructor(
    file: string,
    readonly pid: number,
  ) {
    super(`process ${pid} holds the lock ${file}`);
    this.name = "LockHeld";
  }
}

const POLL = 300;

/**
 * Runs `body` while no other process is inside a body of the same lock file. A lock whose process
 * is dead is taken over.
 * @throws LockHeld where another process holds it and `whenHeld` is `fail`
 */
export async function withLock<T>(
  file: string,
  options: LockOptions,
  body: () => Promise<T>,
): Promise<T> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const ticket = `${file}.${randomUUID()}`;
  await fs.writeFile(ticket, JSON.stringify(await ownHolder()));
  try {
    await acquire(file, ticket, options);
  } finally {
    await fs.rm(ticket, { force: true });
  }
  try {
    return await body();
  } finally {
    await fs.rm(file, { force: true });
  }
}

async function acquire(
  file: string,
  ticket: string,
  { whenHeld = "wait", signal, onWait }: LockOptions,
): Promise<void> {
  let waiting = false;
  for (;;) {
    signal?.throwIfAborted();
    if (await linkTo(ticket, file)) return;
    const content = await readIfThere(file);
    if (content === undefined) continue;
    const holder = await livingHolder(content);
    if (holder === undefined) {
      await removeStale(file, content, ticket);
      continue;
    }
    if (whenHeld === "fail") throw new LockHeld(file, holder.pid);
    if (!waiting) onWait?.(holder.pid);
    waiting = true;
    await sleep(POLL, undefined, { signal });
  }
}

/** A hard link appears with its contents, so that no process reads a half-written lock. */
async function linkTo(ticket: string, file: string): Promise<boolean> {
  try {
    await fs.link(ticket, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes a stale lock, under a second lock: of two processes that saw it stale the slower one
 * would otherwise remove the lock that the faster one has put in its place by then.
 */
async function removeStale(file: string, stale: string, ticket: string): Promise<void> {
  const takeover = `${file}.takeover`;
  if (!(await linkTo(ticket, takeover))) {
    const content = await readIfThere(takeover);
    if (content !== undefined && (await livingHolder(content)) === undefined) {
      await fs.rm(takeover, { force: true });
    }
    await sleep(POLL / 10);
    return;
  }
  try {
    if ((await readIfThere(file)) === stale) await fs.rm(file);
  } finally {
    await fs.rm(takeover, { force: true });
  }
}

async function ownHolder(): Promise<Holder> {
  return { pid: process.pid, started: await startedAt(process.pid) };
}

/** Who holds a lock with this content; undefined if that process has ended. */
async function livingHolder(content: string): Promise<Holder | undefined> {
  const holder = parseHolder(content);
  return holder !== undefined && (await isAlive(holder)) ? holder : undefined;
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    if (codeOf(error) === "ESRCH") return false;
  }
  return holder.started === (await startedAt(holder.pid));
}

/**
 * Start time of a process in clock ticks since boot, empty where /proc does not say: field 22 of
 * its `stat`, counted from behind the name, which may hold spaces.
 */
async function startedAt(pid: number): Promise<string> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function parseHolder(content: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(content);
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    Number.isInteger(value.pid) &&
    "started" in value &&
    typeof value.started === "string"
  );
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
