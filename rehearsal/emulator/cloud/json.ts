export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json | undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value deep inside an object: `at(cluster, "networkConfig.gatewayApiConfig.channel")`. */
export function at(object: JsonObject | undefined, path: string): Json | undefined {
  let value: Json | undefined = object;
  for (const key of path.split(".")) value = isObject(value) ? value[key] : undefined;
  return value;
}

/**
 * `patch` laid over `base`, objects key by key; lists and plain values are replaced, `null` takes a
 * key away.
 */
export function merge(base: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    const before = merged.get(key);
    if (value === null) merged.delete(key);
    else if (isObject(value) && isObject(before)) merged.set(key, merge(before, value));
    else if (value !== undefined) merged.set(key, inside(value));
  }
  return Object.fromEntries(merged);
}

/**
 * What has to be laid over `before` so that it becomes `after`: null for what `after` lacks.
 * @param kept keys that stay whatever `after` says
 */
export function replacement(
  before: JsonObject,
  after: JsonObject,
  kept: readonly string[] = [],
): JsonObject {
  const gone = Object.keys(before).filter((key) => after[key] === undefined);
  const changes = Object.entries(after).map(([key, value]) => {
    const old = before[key];
    return [key, isObject(value) && isObject(old) ? replacement(old, value) : value] as const;
  });
  const all = {
    ...Object.fromEntries(gone.map((key) => [key, null])),
    ...Object.fromEntries(changes),
  };
  return without(all, kept);
}

/** Blocks that a change replaces as a whole. */
export function wholes(changes: JsonObject, keys: readonly string[]): JsonObject {
  const set = keys.map((key) => [key, changes[key]] as const);
  return Object.fromEntries(
    set.flatMap(([key, value]) => (isObject(value) ? [[key, withoutNulls(value)]] : [])),
  );
}

/** A new resource treats null as a missing field. */
export function withoutNulls(object: JsonObject): JsonObject {
  const entries = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, inside(value)]));
}

function inside(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => inside(item) ?? null);
  return isObject(value) ? withoutNulls(value) : value;
}

/** An object without some of its keys. */
export function without<T extends object>(object: T, keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T;
}

/** A field that must be a string, `undefined` where it is left out. */
export function optionalString(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
