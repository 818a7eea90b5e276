/** A field's name, or an item's index. */
export type Key = string | number;

/** One place in a resource's inputs. */
export interface Place {
  keys: readonly Key[];
  value: unknown;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

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

/** As the policies' messages write it: `spec.rules[0].name`, `metadata.annotations["a.b/c"]`. */
export function pathOf(keys: readonly Key[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === "number" || !IDENTIFIER.test(key)) return `${path}[${JSON.stringify(key)}]`;
    return path === "" ? key : `${path}.${key}`;
  }, "");
}

/** A copy with another value at this place: `to`, or what `to` makes of the value. */
export function replaced(value: unknown, keys: readonly Key[], to: unknown): unknown {
  const [key, ...below] = keys;
  if (key === undefined) {
    return typeof to === "function" ? (to as (old: unknown) => unknown)(value) : to;
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? replaced(item, below, to) : item));
  }
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], below, to) };
}

/** A copy without this place: a list closes the gap. */
export function withoutKey(value: unknown, keys: readonly Key[]): unknown {
  const last = keys.at(-1);
  return replaced(value, keys.slice(0, -1), (parent: object) => {
    if (Array.isArray(parent)) return parent.filter((_, index) => index !== last);
    return Object.fromEntries(Object.entries(parent).filter(([key]) => key !== last));
  });
}
