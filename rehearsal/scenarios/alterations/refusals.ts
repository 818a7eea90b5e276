import { isDeepStrictEqual } from "node:util";

import type { Break } from "./breaks/break";
import { PROJECT } from "../../stage/program";
import type { Stage } from "../../stage/stage";

import { BrokenProgram } from "./brokenProgram";
import type { Judged } from "./judged";
import { together } from "./together";

/** Each preview keeps a core busy, and the machine is expected to have two. */
const AT_ONCE = 2;

/** Whether a preview of the broken program, by the real engine, said what it should. */
export interface Refusal {
  /** What was wrong with the program, all at once. */
  broken: Break[];
  /** What went wrong; undefined if nothing did. */
  problem: string | undefined;
}

/**
 * Previews the program, broken in all these ways: in as few previews as show each of them.
 * @param onEnd called after each
 */
export async function refusals(
  stage: Stage,
  stack: string,
  breaks: readonly Break[],
  signal: AbortSignal,
  onEnd: (refusal: Refusal) => void = () => undefined,
): Promise<Refusal[]> {
  const program = BrokenProgram.lay(stage, stack);
  const waiting = together(breaks);
  const done: Refusal[] = [];
  const work = async () => {
    for (let broken = waiting.shift(); broken !== undefined; broken = waiting.shift()) {
      signal.throwIfAborted();
      const refusal = { broken, problem: await problemOf(program, stack, broken) };
      done.push(refusal);
      onEnd(refusal);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done;
}

async function problemOf(
  program: BrokenProgram,
  stack: string,
  broken: Break[],
): Promise<string | undefined> {
  const expected = broken.flatMap(({ policy, says }) =>
    says.map(({ resource = `${PROJECT}-${stack}`, level = "mandatory", message }): Judged => {
      return { policy, level, resource, message };
    }),
  );
  const forbidden = expected.some(({ level }) => level === "mandatory");
  const preview = await program.judged(broken).catch((error: unknown) => String(error));
  if (typeof preview === "string") return preview;
  if (preview.failed !== forbidden) return `the preview ${preview.failed ? "failed" : "passed"}`;
  const [said, wanted] = [sorted(preview.said), sorted(expected)];
  if (isDeepStrictEqual(said, wanted)) return undefined;
  return [
    ...wanted.filter((line) => !said.includes(line)).map((line) => `not said: ${line}`),
    ...said.filter((line) => !wanted.includes(line)).map((line) => `not expected: ${line}`),
  ].join("\n");
}

/** The engine judges resources as they are registered, which is in no fixed order. */
function sorted(judged: readonly Judged[]): string[] {
  return judged.map((each) => JSON.stringify(each)).sort();
}
