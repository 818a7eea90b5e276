import { type Finding, pending, violation } from "./finding";
import type { Value } from "./value";

/** What a value has to be. A problem follows the value's place, and the fix follows the problem. */
export interface Requirement {
  /** The problem where nothing is there. @default nothing: it may be left out */
  readonly whenAbsent?: string;
  /** Values that are right. @default none, so what is there is wrong if `whenWrong` says so */
  readonly allowed?: readonly unknown[];
  /** The problem with what is there; undefined if there is none. */
  readonly whenWrong: string | undefined;
  readonly fix: string;
}

/** What is wrong with a value: a preview may not know it, the program may not give it, or it gives another. */
export function* requireValue(value: Value, requirement: Requirement): Generator<Finding> {
  const { whenAbsent, allowed = [], whenWrong, fix } = requirement;
  if (value.unknown) {
    yield pending(value);
    return;
  }
  const wrong = allowed.includes(value.raw) ? undefined : whenWrong;
  const problem = value.absent ? whenAbsent : wrong;
  if (problem !== undefined) {
    yield violation(value, problem, fix);
  }
}

/** A switch that is right where the program does not set it, and has to stay so. `so` is what comes of the other. */
export function requireSwitch(
  value: Value,
  right: boolean,
  so: string,
  fix = `remove it or set it to ${right}`,
): Iterable<Finding> {
  return requireValue(value, { allowed: [right], whenWrong: `is ${value}, so ${so}`, fix });
}
