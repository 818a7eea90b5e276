import type { Key } from "../alterations/path";

/** One place in a resource's inputs. */
export interface Place {
  keys: readonly Key[];
  value: unknown;
}

/** Every field and every item of a list, the outer before what is in it. */
export function* everyPlace(value: unknown, keys: readonly Key[] = []): Generator<Place> {
  if (keys.length > 0) yield { keys, value };
  for (const [key, inner] of entriesOf(value)) yield* everyPlace(inner, [...keys, key]);
}

function entriesOf(value: unknown): [Key, unknown][] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item]);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value);
}
