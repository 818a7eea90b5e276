import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../toolchain/errors";

const WAIT_MS = 30_000;
const POLL_MS = 100;

/** What a call was refused with. @throws Error where it was not refused */
export async function refused(call: Promise<unknown>): Promise<string> {
  const said = await call.then(() => undefined, messageOf);
  if (said === undefined) throw new Error("it was accepted; it should have been refused");
  return said;
}

/**
 * Asks again and again until there is an answer.
 * @param what for the error: `so many pods of gke-west are Ready`
 * @throws Error with what was asked for, after 30 s
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${WAIT_MS / 1000} s for: ${what}`);
    await sleep(POLL_MS);
  }
}

/** As `until`, for something that is either so or not. */
export async function untilTrue(what: string, holds: () => Promise<boolean>): Promise<void> {
  await until(what, async () => ((await holds()) ? true : undefined));
}
