import { isObject, Json, JsonObject } from "../json";
import { Method, Schema } from "./discovery";

/** What is wrong with one value, where it stands. */
export interface Fault {
  /** Names and indices from the root: `["cluster", "nodePools", "0", "name"]`. */
  path: string[];
  kind: "unknown" | "type" | "enum" | "outputOnly";
  /** What stands there. */
  value: Json;
  /** What may stand there. */
  schema?: Schema;
}

/** How values are read. */
export interface Reading {
  /** Schemas of the method's document. */
  schemas: Method["schemas"];
  /** Whether a number may be text and the other way round, as in what clients send. */
  lenient: boolean;
}

/**
 * Holds a value against a schema.
 * @param path where the value stands
 */
export function faultsOf(
  value: Json | undefined,
  schema: Schema,
  reading: Reading,
  path: string[] = [],
): Fault[] {
  if (value === undefined || value === null) return [];
  const resolved = resolve(schema, reading.schemas);
  const fault = (kind: Fault["kind"]): Fault => ({ path, kind, value, schema: resolved });
  const inside = isOutputOnly(schema) ? [fault("outputOnly")] : [];
  switch (resolved.type) {
    case "object":
      if (!isObject(value)) return [...inside, fault("type")];
      return [...inside, ...faultsOfObject(value, resolved, reading, path)];
    case "array":
      if (!Array.isArray(value)) return [...inside, fault("type")];
      return [
        ...inside,
        ...value.flatMap((item, i) =>
          faultsOf(item, resolved.items ?? {}, reading, [...path, String(i)]),
        ),
      ];
    default:
      if (!isScalar(value, resolved, reading.lenient)) return [...inside, fault("type")];
      if (resolved.enum && !resolved.enum.includes(String(value))) {
        return [...inside, fault("enum")];
      }
      return inside;
  }
}

function faultsOfObject(
  value: JsonObject,
  schema: Schema,
  reading: Reading,
  path: string[],
): Fault[] {
  const { properties = {}, additionalProperties } = messageIn(value, reading.schemas) ?? schema;
  return Object.entries(value).flatMap(([key, item]) => {
    const own = properties[key] ?? additionalProperties;
    if (own) return faultsOf(item, own, reading, [...path, key]);
    if (item === undefined) return [];
    return [{ path: [...path, key], kind: "unknown" as const, value: item }];
  });
}

/** The schema of a message that says itself what it is: `{ "@type": "type.googleapis.com/google.cloud.gkehub.v1.Feature" }`. */
function messageIn(value: JsonObject, schemas: Method["schemas"]): Schema | undefined {
  const type = value["@type"];
  if (typeof type !== "string") return undefined;
  const schema = schemas[type.slice(type.lastIndexOf(".") + 1)];
  return schema && { ...schema, properties: { ...schema.properties, "@type": { type: "string" } } };
}

export function resolve(schema: Schema, schemas: Method["schemas"]): Schema {
  return schema.$ref === undefined ? schema : (schemas[schema.$ref] ?? {});
}

/** Most documents mark a field that only the server sets; older texts say it. */
function isOutputOnly({ readOnly, description }: Schema): boolean {
  return readOnly === true || /^\[?output only\b/i.test(description ?? "");
}

/** As JSON of protocol buffers: whole numbers of 64 bits are text. Source: "ProtoJSON Format". */
function isScalar(value: Json, { type, format }: Schema, lenient: boolean): boolean {
  const isNumber = typeof value === "number";
  switch (type) {
    case "string":
      if (lenient && isNumber) return format === "int64" || format === "uint64";
      return typeof value === "string" && isFormatted(value, format);
    case "integer":
      return Number.isInteger(lenient ? Number(value) : value);
    case "number":
      return isNumber || (lenient && Number.isFinite(Number(value)));
    case "boolean":
      return typeof value === "boolean";
    default:
      return true; // "any", or a schema that says nothing
  }
}

function isFormatted(value: string, format: string | undefined): boolean {
  switch (format) {
    case "int64":
      return /^-?\d+$/.test(value);
    case "uint64":
      return /^\d+$/.test(value);
    case "google-duration":
      return /^-?\d+(\.\d+)?s$/.test(value);
    case "google-datetime":
      return !Number.isNaN(Date.parse(value));
    default:
      return true;
  }
}

/** A value without what stands at some paths. */
export function withoutPaths(value: JsonObject, paths: string[][]): JsonObject {
  const dropped = new Set(paths.filter(({ length }) => length === 1).map(([key]) => key));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !dropped.has(key))
      .map(([key, item]) => [key, withoutInside(item, below(paths, key))]),
  );
}

function withoutInside(item: Json | undefined, paths: string[][]): Json | undefined {
  if (paths.length === 0) return item;
  if (Array.isArray(item)) {
    return item.map((each, i) => withoutInside(each, below(paths, String(i))) ?? null);
  }
  return isObject(item) ? withoutPaths(item, paths) : item;
}

function below(paths: string[][], key: string): string[][] {
  return paths
    .filter(([first, ...rest]) => first === key && rest.length > 0)
    .map((p) => p.slice(1));
}
