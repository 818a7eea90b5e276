import { ApiError } from "../errors";
import { at, JsonObject } from "../json";

/**
 * What a patch with a field mask lays over a resource: the named fields as the body has them, null where it lacks one.
 * @param mask `labels,spec.multiclusteringress`, or in the spelling of protocol buffers
 * @throws ApiError 400 where there is none
 */
export function masked(mask: string | undefined, body: JsonObject): JsonObject {
  const paths = (mask ?? "").split(",").filter((path) => path !== "");
  if (paths.length === 0) throw new ApiError("INVALID_ARGUMENT", "update_mask is required");
  const patch: JsonObject = {};
  for (const path of paths.map(camelCase)) put(patch, path.split("."), at(body, path) ?? null);
  return patch;
}

function put(target: JsonObject, [key = "", ...rest]: string[], value: JsonObject[string]): void {
  if (rest.length === 0) target[key] = value;
  else put((target[key] ??= {}) as JsonObject, rest, value);
}

function camelCase(path: string): string {
  return path.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
