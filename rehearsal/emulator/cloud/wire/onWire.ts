import { isObject, Json, JsonObject } from "../json";
import { Method, Schema } from "./discovery";
import { resolve } from "./values";

/**
 * An answer as Google sends it: without what is undefined and without empty lists, and each object of an older API with
 * its `kind`.
 */
export function onWire(answer: JsonObject, { response = {}, schemas }: Method): JsonObject {
  const plain = JSON.parse(JSON.stringify(answer)) as JsonObject;
  return withKinds(plain, response, schemas) as JsonObject;
}

function withKinds(value: Json, schema: Schema, schemas: Method["schemas"]): Json {
  const { items = {}, properties = {}, additionalProperties } = resolve(schema, schemas);
  if (Array.isArray(value)) return value.map((item) => withKinds(item, items, schemas));
  if (!isObject(value)) return value;
  const kind = properties.kind?.default;
  const entries = Object.entries(value)
    .filter(([, item]) => !isEmptyList(item))
    .map(([key, item]) => {
      const inner = properties[key] ?? additionalProperties ?? {};
      return [key, withKinds(item ?? null, inner, schemas)] as const;
    });
  return { ...(kind !== undefined && { kind }), ...Object.fromEntries(entries) };
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}
