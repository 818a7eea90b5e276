/**
 * What a resource's property may be on its way between engine and provider: JSON, a value that is not known before
 * an update (`UNKNOWN`), or a value that must be encrypted in the state (`Secret`).
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | Secret
  | Value[]
  | PropertyMap;

export interface PropertyMap {
  [key: string]: Value;
}

/** The type of `UNKNOWN`, of which there is one value. (A unique symbol would lose its type in every `let`.) */
class Unknown {
  readonly isUnknown = true;

  toString(): string {
    return "<unknown>";
  }
}

/** An output of a resource that a preview has not created yet. */
export const UNKNOWN = new Unknown();

/** A value to be encrypted in the state and masked on the screen. May hold maps and lists, and `UNKNOWN`. */
export class Secret {
  constructor(readonly value: Value) {}
}

export function isMap(value: Value | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown)
  );
}

export function containsUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (value instanceof Secret) return containsUnknown(value.value);
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isMap(value) && Object.values(value).some(containsUnknown);
}

export function containsSecret(value: Value | undefined): boolean {
  if (value instanceof Secret) return true;
  if (Array.isArray(value)) return value.some(containsSecret);
  return isMap(value) && Object.values(value).some(containsSecret);
}

/** The same value with every `Secret` replaced by what it holds. */
export function revealed(value: PropertyMap): PropertyMap;
export function revealed(value: Value): Value;
export function revealed(value: Value): Value {
  if (value instanceof Secret) return revealed(value.value);
  if (Array.isArray(value)) return value.map((item) => revealed(item));
  return isMap(value) ? mapValues(value, (item) => revealed(item)) : value;
}

export function mapValues<T, U>(
  map: Record<string, T>,
  change: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a instanceof Secret) return b instanceof Secret && equal(a.value, b.value);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  }
  if (!isMap(a)) return a === b;
  if (!isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  );
}
