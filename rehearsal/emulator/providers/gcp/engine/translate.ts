import { PropertyMap, Value } from "../../plugin";
import { Json } from "./json";

/**
 * Where a property stands in Google's API, as two paths. What is not named stands at the same path.
 */
export interface Move {
  here: string;
  there: string;
}

/** Properties as Google's API spells them. */
export function toApi(properties: PropertyMap, moves: Move[]): Json {
  return moveAll(
    properties,
    moves.map(({ here, there }) => [here, there] as const),
  );
}

/** Google's API as properties. */
export function fromApi(json: Json, moves: Move[]): PropertyMap {
  return moveAll(
    json,
    moves.map(({ here, there }) => [there, here] as const),
  ) as PropertyMap;
}

function moveAll(source: object, moves: (readonly [from: string, to: string])[]): Json {
  const taken = moves.map(([from, to]) => ({ to: to.split("."), from: from.split(".") }));
  const values = taken.map(({ from }) => get(source, from));
  let result = taken.reduce((rest, { from }) => without(rest, from), source as Json);
  taken.forEach(({ to }, index) => {
    if (values[index] !== undefined) result = put(result, to, values[index]);
  });
  return result;
}

function get(object: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return object;
  const value = isObject(object) ? object[key] : undefined;
  return rest.length === 0 ? value : get(value, rest);
}

export function put(object: Json, [key = "", ...rest]: string[], value: unknown): Json {
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = object[key];
  return { ...object, [key]: put(isObject(inner) ? inner : {}, rest, value) };
}

function without(object: Json, [key = "", ...rest]: string[]): Json {
  const inner = object[key];
  if (rest.length > 0 && !isObject(inner)) return object;
  const others = Object.entries(object).filter(([name]) => name !== key);
  if (rest.length === 0) return Object.fromEntries(others);
  return { ...Object.fromEntries(others), [key]: without(inner as Json, rest) };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of objects, one by one. */
export function each(value: unknown, change: (item: Json) => Json): Value | undefined {
  if (value === null) return null;
  return Array.isArray(value)
    ? (value as Json[]).map((item) => change(item) as PropertyMap)
    : undefined;
}
