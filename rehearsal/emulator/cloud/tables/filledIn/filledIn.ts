import { at, isObject, Json, JsonObject } from "../../json";
import { Source } from "./sources";

/** One value that Google puts into a resource by itself. */
export interface FilledIn {
  /** Where it stands in the resource, as Google's API spells it. */
  field: string;
  /** What comes back where a request does not say it; `undefined` where that is nothing. */
  value: Json | ((resource: JsonObject, around: JsonObject) => Json | undefined);
  /** The value in words, where it follows from the rest of the resource. */
  shown?: string;
  when?: Condition;
  /** What a request says of it counts for nothing. */
  always?: true;
  source: Source;
}

/** When a value is filled in. */
export interface Condition {
  words: string;
  holds(resource: JsonObject): boolean;
}

/**
 * A resource with all that Google fills in. Rows see what those before them have filled in.
 * @param around what some values are taken from that is not in the resource itself
 */
export function fillIn<T extends JsonObject>(
  table: readonly FilledIn[],
  resource: T,
  around: JsonObject = {},
): T {
  return table.reduce((filled, row) => filledBy(row, filled, around), resource);
}

function filledBy<T extends JsonObject>(
  { field, value, when, always }: FilledIn,
  resource: T,
  around: JsonObject,
): T {
  if (when && !when.holds(resource)) return resource;
  if (!always && at(resource, field) !== undefined) return resource;
  const filled = typeof value === "function" ? value(resource, around) : value;
  return filled === undefined ? resource : (put(resource, field.split("."), filled) as T);
}

function put(object: JsonObject, [key = "", ...rest]: string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = object[key];
  return { ...object, [key]: put(isObject(inner) ? inner : {}, rest, value) };
}
