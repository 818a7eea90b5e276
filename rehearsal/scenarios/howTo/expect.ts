import { messageOf } from "../../toolchain/errors";
import { until as untilWithin } from "../../toolchain/until";

const WAIT_SECONDS = 30;

/** The error of a refused call. @throws Error if it was not refused */
export async function refused(call: Promise<unknown>): Promise<string> {
  const said = await call.then(() => undefined, messageOf);
  if (said === undefined) throw new Error("it was accepted; it should have been refused");
  return said;
}

/** Asks until there is an answer. @throws Error with what was asked for, after 30 s */
export function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  return untilWithin(what, WAIT_SECONDS, ask);
}
