import { KubeObject } from "../../kube/objects";
import { isMap, PropertyMap, Value, valueAt } from "../plugin";
import { ownersOf } from "./fieldManagers";

/**
 * The inputs of an apply with `ignoreChanges` obeyed: a field that only others own is left out, any other keeps its
 * live value. As in the real provider a path is split at its dots, so list items and keys with dots are not found.
 */
export function withIgnoredFields(
  inputs: PropertyMap,
  live: { object: KubeObject; properties: PropertyMap },
  ignoreChanges: string[],
  manager: string,
): PropertyMap {
  return ignoreChanges.reduce((result, text) => {
    const path = text.split(".");
    const { own, others } = ownersOf(live.object, path, manager);
    if (others && !own) return withValue(result, path, undefined);
    const value = valueAt(live.properties, path);
    return value === undefined ? result : withValue(result, path, value);
  }, inputs);
}

function withValue(map: PropertyMap, path: string[], value: Value | undefined): PropertyMap {
  const [key, ...rest] = path;
  if (key === undefined) return map;
  const { [key]: below, ...others } = map;
  if (rest.length > 0) {
    if (value === undefined && !isMap(below)) return map;
    return { ...map, [key]: withValue(isMap(below) ? below : {}, rest, value) };
  }
  return value === undefined ? others : { ...map, [key]: value };
}
