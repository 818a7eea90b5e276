import { ApiError } from "../errors";
import { Json, JsonObject } from "../json";
import { Method } from "./discovery";
import { withNames } from "./enums";
import { Fault, faultsOf, resolve, withoutPaths } from "./values";

/** A request that its method takes. */
export interface Request {
  query: URLSearchParams;
  body: JsonObject;
  /** What only the server sets, which Google's APIs read over: `networks.insert: selfLink`. */
  ignored: string[];
}

/** Sent by Google's own clients beside what the documents list. */
const OF_EVERY_CLIENT = ["$alt", "$.xgafv", "$httpMethod"];

/**
 * Fields that no document has and Google takes: the gcp provider sends them with every network that has a routing mode,
 * every change of a network's MTU and every NAT, in all its releases (resource_compute_network.go and resource_compute_router_nat.go of
 * terraform-provider-google-beta, 93c65b2d60).
 */
const HIDDEN = [
  /^compute\.networks\.patch fingerprint$/,
  /^compute\.networks\.\w+ routingConfig\.deleteBgpAlwaysCompareMed$/,
  /^compute\.routers\.\w+ nats\.\d+\.initialNatIps$/,
];

/**
 * Holds a request against its method.
 * @throws ApiError 400 that lists all that does not fit
 */
export function checkRequest(method: Method, asked: URLSearchParams, sent: JsonObject): Request {
  const body = withNames(sent, method);
  const { request, schemas, parameters } = method;
  const query = inJsonNames(asked, parameters);
  const faults = request
    ? faultsOf(body, request, { schemas, lenient: true })
    : Object.entries(body).map(([key, value]): Fault => ({
        path: [key],
        kind: "unknown",
        value: value ?? null,
      }));
  const ignored = faults.filter(({ kind }) => kind === "outputOnly");
  const hidden = faults.filter(({ path }) =>
    HIDDEN.some((field) => field.test(`${method.id} ${path.join(".")}`)),
  );
  const taken = [...ignored, ...hidden];
  const wrong = [
    ...parameterFaults(query, parameters),
    ...faults.filter((fault) => !taken.includes(fault)).map((fault) => told(fault, method)),
  ];
  if (wrong.length > 0) throw invalid(wrong);
  return {
    query,
    body: withoutPaths(
      body,
      taken.map(({ path }) => path),
    ),
    ignored: ignored.map(({ path }) => `${method.id}: ${path.join(".")}`),
  };
}

/**
 * Google takes the names of protocol buffers for parameters too: the gcp provider asks so for features of a fleet. And
 * `True` and `False`, which `gcloud` sends, written in Python (`gcloud container fleet ingress disable`: `force=False`).
 */
function inJsonNames(query: URLSearchParams, parameters: Method["parameters"]): URLSearchParams {
  const named = [...query].map(([name, value]) => {
    const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const known = name in parameters || !(camel in parameters) ? name : camel;
    const isBoolean = parameters[known]?.type === "boolean" && /^(True|False)$/.test(value);
    return [known, isBoolean ? value.toLowerCase() : value] as [string, string];
  });
  return new URLSearchParams(named);
}

interface Violation {
  /** Empty at the root. */
  field: string;
  description: string;
}

function parameterFaults(query: URLSearchParams, parameters: Method["parameters"]): Violation[] {
  return [...query].flatMap(([name, value]) => {
    if (OF_EVERY_CLIENT.includes(name)) return [];
    const parameter = parameters[name];
    if (parameter?.location !== "query") {
      const description =
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. ` +
        `Field '${name}' could not be found in request message.`;
      return [{ field: "", description }];
    }
    if (fitsParameter(value, parameter.type, parameter.enum)) return [];
    const type = parameter.enum ? "enum" : typeName(parameter.type, parameter.format);
    return [{ field: name, description: `Invalid value at '${name}' (${type}), "${value}"` }];
  });
}

function fitsParameter(value: string, type: string | undefined, choices?: string[]): boolean {
  if (choices) return choices.includes(value) || choices.includes(value.toLowerCase());
  if (type === "integer") return /^-?\d+$/.test(value);
  if (type === "boolean") return ["true", "false"].includes(value);
  return true;
}

/** Source of the words: refusals of `container.googleapis.com` and `cloudbuild.googleapis.com` in public issues. */
function told({ path, kind, value, schema = {} }: Fault, { schemas }: Method): Violation {
  const field = path
    .map(snakeCase)
    .join(".")
    .replace(/\.(\d+)/g, "[$1]");
  const name = path.at(-1) ?? "";
  const parent = field.replace(/(\.|^)[^.]*$/, "");
  const at = parent === "" ? "" : ` at '${parent}'`;
  if (kind === "unknown") {
    const description = `Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.`;
    return { field: parent, description };
  }
  const { type, items = {}, format, enum: choices } = schema;
  if (Array.isArray(value) && type !== "array") {
    const why = "Proto field is not repeating, cannot start list.";
    const description = `Invalid JSON payload received. Unknown name "${name}"${at}: ${why}`;
    return { field: parent, description };
  }
  const { type: itemType } = resolve(items, schemas);
  const expected = choices ? "enum" : typeName(type === "array" ? itemType : type, format);
  return { field, description: `Invalid value at '${field}' (${expected}), ${shown(value)}` };
}

function typeName(type: string | undefined, format: string | undefined): string {
  const name = { integer: format ?? "int32", boolean: "bool", number: format ?? "double" }[
    type ?? ""
  ];
  return `TYPE_${(name ?? format ?? type ?? "message").toUpperCase()}`;
}

function shown(value: Json): string {
  return JSON.stringify(value);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function invalid(violations: Violation[]): ApiError {
  const message = violations.map(({ description }) => description).join("\n");
  const fieldViolations = violations.map(({ field, description }) => ({
    ...(field !== "" && { field }),
    description,
  }));
  return new ApiError("INVALID_ARGUMENT", message, undefined, [
    { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations },
  ]);
}
