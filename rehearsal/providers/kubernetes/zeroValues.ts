import { isMap, PropertyMap, Value } from "../plugin";

/**
 * A live object of a built-in kind with the zero values that its inputs spell out (`hostNetwork: false`): the server
 * does not keep those of optional fields, and their absence is no change.
 */
export function withZeroValues(live: PropertyMap, inputs: PropertyMap): PropertyMap {
  const kept = Object.entries(inputs).flatMap(([key, input]): [string, Value][] => {
    const value = live[key];
    if (value !== undefined) return [[key, within(value, input)]];
    return isZero(input) ? [[key, input]] : [];
  });
  return { ...live, ...Object.fromEntries(kept) };
}

function within(live: Value, input: Value): Value {
  if (isMap(live) && isMap(input)) return withZeroValues(live, input);
  if (Array.isArray(live) && Array.isArray(input)) {
    return live.map((item, index) => within(item, input[index] ?? null));
  }
  return live;
}

function isZero(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.values(value).every(isZero);
  return value === "" || value === 0 || value === false || value === null;
}
