import { isObject, Json, JsonObject } from "../json";
import { ENUM_NUMBERS } from "../tables/enumNumbers";
import { Method, Schema } from "./discovery";
import { resolve } from "./values";

/** The API whose numbers are known. Google's clients send them to no other one that is served here. */
const API = "container";

/** One value of an enum. @param names of all of its values @param field its schema and property: `ReleaseChannel.channel` */
type Spelling = (value: Json, names: string[], field: string) => Json;

/**
 * A request in which enums are spelt by their names. Clients may send their numbers, and Google's libraries over REST
 * do. A number that none has stays.
 */
export function withNames(body: JsonObject, method: Method): JsonObject {
  return spelt(body, method, method.request, (value, names, field) => {
    if (typeof value !== "number") return value;
    return names.find((name, place) => numberOf(name, place, field) === value) ?? value;
  });
}

/** An answer to a client that wants enums by their numbers: `$alt=json;enum-encoding=int`. */
export function asWanted(answer: JsonObject, method: Method, query: URLSearchParams): JsonObject {
  if (!/;\s*enum-encoding=int\b/.test(query.get("$alt") ?? query.get("alt") ?? "")) return answer;
  return spelt(answer, method, method.response, (value, names, field) => {
    const place = names.indexOf(String(value));
    return place < 0 ? value : numberOf(String(value), place, field);
  });
}

function numberOf(name: string, place: number, field: string): number {
  return ENUM_NUMBERS[field]?.[name] ?? place;
}

function spelt(
  message: JsonObject,
  { api, schemas }: Method,
  schema: Schema | undefined,
  spelling: Spelling,
): JsonObject {
  if (api !== API || !schema) return message;
  return inside(message, schema, "") as JsonObject;

  function inside(value: Json, { $ref = "", ...own }: Schema, field: string): Json {
    const {
      items,
      properties,
      additionalProperties,
      enum: names,
    } = resolve($ref === "" ? own : { $ref }, schemas);
    if (names) return spelling(value, names, field);
    if (Array.isArray(value)) return value.map((item) => inside(item, items ?? {}, field));
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, item]) => {
      const of = properties?.[key] ?? additionalProperties ?? {};
      return [key, item === undefined ? item : inside(item, of, `${$ref}.${key}`)] as const;
    });
    return Object.fromEntries(entries);
  }
}
