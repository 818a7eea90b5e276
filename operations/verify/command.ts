import { CannotSay, Failed, Refused } from "../support/commandExit";
import type { Parameters } from "../support/parameters";

import type { Gateway } from "./gateway";
import { asJson, asTable, closing, failuresIn, notAskedJson, wordsOfFailures } from "./report";
import { verify } from "./verify";

/** A model server that has just started answers its first question slowly. */
const TIMEOUT_SECONDS = 60;

/**
 * Verifies a gateway and prints what came, on a machine or in a Job.
 * @param from names the stack or the file
 * @throws Failed if a check failed, CannotSay if nothing could be asked
 */
export async function verifyAndPrint(
  from: string,
  parameters: Parameters,
  gateway: () => Promise<Gateway>,
): Promise<void> {
  const json = parameters.flag("JSON");
  try {
    const seconds = timeoutIn(parameters);
    const rows = await verify(await gateway(), seconds);
    console.log(json ? asJson(from, rows) : asTable(from, rows).join("\n"));
    if (failuresIn(rows).length > 0) throw new Failed(wordsOfFailures(rows));
    if (!json) console.log(closing(rows));
  } catch (caught) {
    const error = neverOne(caught);
    if (json && error instanceof CannotSay) console.log(notAskedJson(from, error.message));
    throw error;
  }
}

/** Seconds for each answer. @throws Refused */
export function timeoutIn(parameters: Parameters): number {
  return parameters.number("TIMEOUT_SECONDS", TIMEOUT_SECONDS, 1);
}

/** 1 is the code for a gateway that answers wrongly: a command that has not begun gets 2. */
export function neverOne(error: unknown): unknown {
  return error instanceof Refused ? new CannotSay(error.message) : error;
}
