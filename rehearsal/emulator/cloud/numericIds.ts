import { createHash, randomUUID } from "node:crypto";

/** Google's number of a project: the same for the same id, in this cloud and the next. */
export function projectNumber(project: string): string {
  let number = 0;
  for (const character of project) {
    number = (number * 31 + character.charCodeAt(0)) % 899_999_999_999;
  }
  return String(100_000_000_000 + number);
}

/** A number as Google gives one to each resource: 63 bits, as text. */
export function newNumericId(): string {
  return numericIdOf(randomUUID());
}

/** The same for the same text. */
export function numericIdOf(text: string): string {
  const [first = 0n] = new BigUint64Array(createHash("sha256").update(text).digest().buffer, 0, 1);
  return String(first >> 1n);
}
