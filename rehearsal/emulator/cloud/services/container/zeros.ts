import { isObject, Json, JsonObject } from "../../json";

/** Fields of which GKE tells that they are off. Source: answers that Config Connector recorded. */
const TOLD = [
  /^controlPlaneEndpointsConfig\.(dns|ip)Endpoint/,
  /\.insecureKubeletReadonlyPortEnabled$/,
  /^networkConfig\.enablePrivateNodes$/,
  // Only this cloud has it.
  /^currentNodeCount$/,
];

/**
 * A resource as GKE answers it: what is false, 0, "" or an empty list is not there, an empty object
 * is. (JSON of protocol buffers, version 3.)
 */
export function withoutZeros(resource: JsonObject): JsonObject {
  return trimmed(resource, "");
}

function trimmed(object: JsonObject, path: string): JsonObject {
  const entries = Object.entries(object).flatMap(([key, value]): [string, Json][] => {
    const here = `${path}${key}`;
    if (value === undefined || (isZero(value) && !TOLD.some((told) => told.test(here)))) return [];
    return [[key, isObject(value) ? trimmed(value, `${here}.`) : value]];
  });
  return Object.fromEntries(entries);
}

function isZero(value: Json): boolean {
  const empty = Array.isArray(value) && value.length === 0;
  return value === false || value === 0 || value === "" || empty;
}
