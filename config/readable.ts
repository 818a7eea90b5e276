import type { z } from "zod";

type Type = z.core.$ZodTypes;

/** Thrown when a rule reads a value that is wrong in itself, or missing. */
class Unreadable extends Error {}

/**
 * What a schema makes of a value. If parts of the value are wrong, the others are there all the same, and to read a
 * wrong part throws `Unreadable`: so a rule that joins keys looks at all it can, and never at a default in the place of
 * what was given.
 */
export function readable(schema: z.core.$ZodType, value: unknown): unknown {
  const parsed = (schema as z.ZodType).safeParse(value);
  if (parsed.success) return parsed.data;
  const { def } = withoutWrappers(schema)._zod;
  if (def.type === "union") {
    const option = optionFor(def, value);
    if (option) return readable(option, value);
  }
  if (def.type === "array" && Array.isArray(value)) {
    return lazily([], value.keys(), (i) => readable(def.element, value[i]));
  }
  if (def.type === "object" && isRecord(value)) {
    return lazily({}, Object.keys(def.shape), (key) => readable(propertyOf(def, key), value[key]));
  }
  if (def.type === "record" && isRecord(value)) {
    return lazily({}, Object.keys(value), (key) => readable(def.valueType, value[key]));
  }
  throw new Unreadable();
}

/** What a check finds; nothing if it reads a value that is wrong in itself: that is a problem of its own. */
export function found<T>(check: () => T[]): T[] {
  return known(check) ?? [];
}

/** A value, or undefined if it is wrong in itself. */
export function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** What a check finds in each entry. An entry that is wrong in itself keeps no other from being checked. */
export function inEach<T, U>(
  entries: Record<string, T>,
  check: (name: string, entry: T) => U[],
): U[] {
  return Object.keys(entries).flatMap((name) =>
    found(() => {
      const entry = entries[name];
      return entry === undefined ? [] : check(name, entry);
    }),
  );
}

/** What a check finds at each place of a list. */
export function atEach<T, U>(list: readonly T[], check: (entry: T, i: number) => U[]): U[] {
  return [...list.keys()].flatMap((i) => found(() => check(list[i] as T, i)));
}

/** The keys that a schema allows at a place. */
export function keysAt(
  schema: z.core.$ZodType,
  value: unknown,
  [step, ...rest]: PropertyKey[],
): string[] {
  const { def } = withoutWrappers(schema)._zod;
  if (def.type === "union") {
    const option = optionFor(def, value);
    return option && step === undefined ? keysAt(option, value, []) : [];
  }
  if (step === undefined) return def.type === "object" ? Object.keys(def.shape) : [];
  const below = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  if (def.type === "array") return keysAt(def.element, below, rest);
  if (def.type === "record") return keysAt(def.valueType, below, rest);
  return def.type === "object" ? keysAt(propertyOf(def, String(step)), below, rest) : [];
}

function lazily<Key extends string | number>(
  holder: object,
  keys: Iterable<Key>,
  read: (key: Key) => unknown,
): object {
  for (const key of keys) {
    Object.defineProperty(holder, key, {
      enumerable: true,
      configurable: true,
      get: () => read(key),
    });
  }
  return holder;
}

/** The type inside of `optional`, `default` and `prefault`. */
function withoutWrappers(schema: z.core.$ZodType): Type {
  const { def } = (schema as Type)._zod;
  return "innerType" in def ? withoutWrappers(def.innerType) : (schema as Type);
}

/** The variant of a union that its one deciding key chooses. */
function optionFor(
  def: z.core.$ZodUnionDef & { discriminator?: string },
  value: unknown,
): z.core.$ZodType | undefined {
  const { discriminator } = def;
  if (discriminator === undefined || !isRecord(value)) return undefined;
  return def.options.find((option) => {
    const own = withoutWrappers(option)._zod.def;
    const tag = own.type === "object" && withoutWrappers(propertyOf(own, discriminator))._zod.def;
    return (
      tag && tag.type === "literal" && tag.values.some((each) => each === value[discriminator])
    );
  });
}

function propertyOf({ shape }: z.core.$ZodObjectDef, key: string): z.core.$ZodType {
  const property = shape[key];
  if (!property) throw new Error(`the schema has no key ${key}`);
  return property;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
