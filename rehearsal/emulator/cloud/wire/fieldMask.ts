import { ApiError } from "../errors";
import { at, isObject, JsonObject, without } from "../json";

/**
 * What a patch with a field mask lays over a resource: the named fields as the body has them, null where it lacks one.
 * @param mask `labels,spec.multiclusteringress`, or in the spelling of protocol buffers
 * @throws ApiError 400 where there is none
 */
export function masked(mask: string | undefined, body: JsonObject): JsonObject {
  return pathsOf(mask).reduce(
    (patch: JsonObject, path) => withValue(patch, path.split("."), at(body, path) ?? null),
    {},
  );
}

/**
 * A resource in which the named fields are as the body has them, each as a whole: of a map, keys that the body lacks
 * are gone.
 * @throws ApiError 400 without a mask, and for a field outside of `settable`
 */
export function replaced(
  mask: string | undefined,
  body: JsonObject,
  resource: JsonObject,
  settable: readonly string[],
): JsonObject {
  const paths = pathsOf(mask);
  const wrong = paths.find((path) => !settable.includes(path.split(".")[0] ?? ""));
  if (wrong !== undefined) {
    const message = `Invalid update_mask: "${wrong}" cannot be changed, but ${settable.join(", ")}.`;
    throw new ApiError("INVALID_ARGUMENT", message);
  }
  return paths.reduce((after, path) => withValue(after, path.split("."), at(body, path)), resource);
}

function pathsOf(mask = ""): string[] {
  const paths = mask.split(",").filter((path) => path !== "");
  if (paths.length === 0) throw new ApiError("INVALID_ARGUMENT", "update_mask is required");
  return paths.map(camelCase);
}

/** @param value `undefined` takes the field away */
function withValue(
  object: JsonObject,
  [key = "", ...rest]: string[],
  value: JsonObject[string],
): JsonObject {
  const before = object[key];
  const after = rest.length === 0 ? value : withValue(isObject(before) ? before : {}, rest, value);
  return after === undefined ? without(object, [key]) : { ...object, [key]: after };
}

function camelCase(path: string): string {
  return path.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
