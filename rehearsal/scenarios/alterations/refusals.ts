import { isDeepStrictEqual } from "node:util";

import type { Environment } from "../../stage/environment";

import { messagesOf, type PolicedAlteration, type PolicyMessage } from "./alteration";
import { AlteredProgram } from "./alteredProgram";
import { together } from "./together";

/** Each preview keeps a core busy, and the machine is expected to have two. */
const AT_ONCE = 2;

/** Whether a preview of the altered program, by the real engine, said what it should. */
export interface Refusal {
  /** Made all at once. */
  alterations: PolicedAlteration[];
  /** What went wrong; undefined if nothing did. */
  problem: string | undefined;
}

/**
 * Previews the program with all these alterations, in as few previews as possible.
 * @param onEnd called after each
 */
export async function refusals(
  environment: Environment,
  stack: string,
  alterations: readonly PolicedAlteration[],
  signal: AbortSignal,
  onEnd: (refusal: Refusal) => void = () => undefined,
): Promise<Refusal[]> {
  const program = AlteredProgram.write(environment, stack);
  const waiting = together(alterations);
  const done: Refusal[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      signal.throwIfAborted();
      const refusal = { alterations: next, problem: await problemOf(program, next) };
      done.push(refusal);
      onEnd(refusal);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done;
}

async function problemOf(
  program: AlteredProgram,
  alterations: readonly PolicedAlteration[],
): Promise<string | undefined> {
  const expected = alterations.flatMap(messagesOf);
  const forbidden = expected.some(({ level }) => level === "mandatory");
  const preview = await program.judged(alterations).catch((error: unknown) => String(error));
  if (typeof preview === "string") return preview;
  if (preview.failed !== forbidden) return `the preview ${preview.failed ? "failed" : "passed"}`;
  const [said, wanted] = [sorted(preview.messages), sorted(expected)];
  if (isDeepStrictEqual(said, wanted)) return undefined;
  return [
    ...wanted.filter((line) => !said.includes(line)).map((line) => `missing: ${line}`),
    ...said.filter((line) => !wanted.includes(line)).map((line) => `not expected: ${line}`),
  ].join("\n");
}

/** The engine judges resources as they are registered, which is in no fixed order. */
function sorted(messages: readonly PolicyMessage[]): string[] {
  return messages.map((each) => JSON.stringify(each)).sort();
}
