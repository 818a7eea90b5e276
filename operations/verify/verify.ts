import { CannotSay } from "../support/commandExit";

import { causeOf } from "./cause";
import { checksOf } from "./checks";
import { type Check, isSkipped, type SkippedCheck } from "./checks/check";
import { ask } from "./client";
import type { Gateway } from "./gateway";
import { isAnswer, type NoAnswer } from "./question";
import type { Row } from "./report";
import { skipped } from "./verdict";

/** A way to the gateway, which clients use. */
interface Entrance {
  /** A region, or the private name. */
  at: string;
  url: string;
}

/**
 * Asks a gateway at the address of every region, side by side, and at its private name.
 * @param seconds for each answer
 * @throws CannotSay if no address answers anything
 */
export async function verify(gateway: Gateway, seconds: number): Promise<Row[]> {
  const entrances = entrancesOf(gateway);
  const rows = await Promise.all(entrances.map((entrance) => rowsAt(entrance, gateway, seconds)));
  if (rows.every(([first]) => first?.silent)) {
    const silences = entrances.map(
      ({ at, url }, i) => `- ${at}, ${url}: ${rows[i]?.[0]?.came ?? ""}`,
    );
    throw new CannotSay(
      `No address of the gateway answers:\n${silences.join("\n")}\nLikely ${causeOf(SILENCE, gateway)}.`,
    );
  }
  return rows.flat();
}

const SILENCE: NoAnswer = { none: "" };

function entrancesOf({ urls, privateUrl }: Gateway): Entrance[] {
  const regions = Object.entries(urls).map(([at, url]) => ({ at, url }));
  return privateUrl === undefined ? regions : [...regions, { at: "private name", url: privateUrl }];
}

/** One question after another: a burst would measure the model servers. */
async function rowsAt({ at, url }: Entrance, gateway: Gateway, seconds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const check of checksOf(gateway)) {
    const row = { at, url, check: check.name, asked: check.asks };
    const verdict = rows[0]?.silent
      ? skipped("not asked: the address does not answer")
      : await verdictOf(check, url, seconds);
    rows.push({ ...row, ...verdict });
  }
  return rows;
}

async function verdictOf(check: Check | SkippedCheck, url: string, seconds: number) {
  if (isSkipped(check)) return skipped(check.why);
  const outcome = await ask(url, check.question, seconds);
  return { ...check.judge(outcome), silent: !isAnswer(outcome) };
}
