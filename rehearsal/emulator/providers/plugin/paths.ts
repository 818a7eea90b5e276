import { equal, isMap, Secret, Value } from "./values";

/** Keys of maps and indexes of lists, from the outermost in. */
export type Path = (string | number)[];

/** One place where two values differ. */
export interface Change {
  path: Path;
  kind: "add" | "delete" | "update";
}

/** Stands for any key or index in a pattern. */
export const ANY = "*";

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

/** A property path as the engine reads it: `spec.template.containers[0]`, `metadata.labels["a.b/c"]`. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!PLAIN_KEY.test(step)) return `["${step.replaceAll('"', '\\"')}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** The deepest places where `to` differs from `from`; lists are compared item by item. Secrets are looked into. */
export function changesBetween(
  from: Value | undefined,
  to: Value | undefined,
  path: Path = [],
): Change[] {
  if (from instanceof Secret) return changesBetween(from.value, to, path);
  if (to instanceof Secret) return changesBetween(from, to.value, path);
  if (from === undefined && to === undefined) return [];
  if (from === undefined) return [{ path, kind: "add" }];
  if (to === undefined) return [{ path, kind: "delete" }];
  if (isMap(from) && isMap(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return keys.flatMap((key) => changesBetween(from[key], to[key], [...path, key]));
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const indexes = Array.from({ length: Math.max(from.length, to.length) }, (_, index) => index);
    return indexes.flatMap((index) => changesBetween(from[index], to[index], [...path, index]));
  }
  return equal(from, to) ? [] : [{ path, kind: "update" }];
}

const STEP = /\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[\*\]/y;

/**
 * Reads a property path, `[*]` and `*` as `ANY`.
 * @throws Error if it is invalid
 */
export function parsePath(text: string): Path {
  const path: Path = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const step = STEP.exec(text);
    if (!step) throw new Error(`"${text}": not a property path from character ${at + 1} on`);
    const [, key, index, quoted] = step;
    if (index !== undefined) path.push(Number(index));
    else path.push(key ?? quoted?.replaceAll('\\"', '"') ?? ANY);
  }
  return path;
}

/** Whether `path` is at or below `pattern`, which may hold `ANY`. */
export function isWithin(path: Path, pattern: Path): boolean {
  return (
    pattern.length <= path.length && pattern.every((step, i) => step === ANY || step === path[i])
  );
}

export function valueAt(value: Value | undefined, path: Path): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (value instanceof Secret) return valueAt(value.value, path);
  if (Array.isArray(value)) {
    return typeof step === "number" ? valueAt(value[step], rest) : undefined;
  }
  return isMap(value) ? valueAt(value[step], rest) : undefined;
}
