import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 100;

/**
 * Asks again and again until there is an answer: anything but undefined and false.
 * @param what for the error: `so many pods of gke-west are Ready`
 * @throws Error with what was asked for, after so many seconds; what `ask` throws
 */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for: ${what}`);
    await sleep(POLL_MS);
  }
}
