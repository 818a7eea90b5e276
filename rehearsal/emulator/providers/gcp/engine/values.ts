import { isMap, PropertyMap, revealed, Value } from "../../plugin";
import { DEFAULTS } from "./check";

/** Inputs as the cloud gets them: secrets opened, the provider's own notes taken out. */
export function plain(inputs: PropertyMap): PropertyMap {
  return withoutNotes(revealed(inputs)) as PropertyMap;
}

function withoutNotes(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== DEFAULTS);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNotes(item)]));
}

/** A value deep inside an object, by keys. */
export function at(object: unknown, path: string): unknown {
  let value = object;
  for (const key of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as PropertyMap)[key] : undefined;
  }
  return value;
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** An object without some of its keys. */
export function omit<T extends object>(object: T, ...keys: string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T;
}
