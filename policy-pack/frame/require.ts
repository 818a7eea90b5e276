import { type Finding, pending, violation } from "./finding";
import type { Value } from "./value";

/** What a value has to be. A problem follows the value's place, and the fix follows the problem. */
export interface Requirement {
  /** The problem if the value is absent. @default none: it may be left out */
  readonly whenAbsent?: string;
  /** Values that are right. @default none: `whenWrong` alone decides */
  readonly allowed?: readonly unknown[];
  /** The problem with a value that is set; undefined if there is none. */
  readonly whenWrong: string | undefined;
  readonly fix: string;
}

/** What is wrong with a value: it is not known yet, not set, or not allowed. */
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

/**
 * A switch whose default is right and must not be changed. `so` is the effect of the other value.
 */
export function requireSwitch(
  value: Value,
  right: boolean,
  so: string,
  fix = `remove it or set it to ${right}`,
): Iterable<Finding> {
  return requireValue(value, { allowed: [right], whenWrong: `is ${value}, so ${so}`, fix });
}
