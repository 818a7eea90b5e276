import { KubeObject } from "../../kube/objects";
import {
  fromJson,
  isMap,
  mapValues,
  PropertyMap,
  revealed,
  Secret,
  UNKNOWN,
  Value,
} from "../plugin";
import { isBuiltIn } from "./kinds";
import { withZeroValues } from "./zeroValues";

/** Metadata that the server writes; in a program's inputs it would be a conflict, or a change for ever. */
const READ_ONLY_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

const UNDERSCORED = /^x_kubernetes_[a-z_]+$/;
const DASHED = /^x-kubernetes-[a-z-]+$/;

/**
 * An object as the API takes it: secrets revealed, nulls left out as Pulumi's own providers do, and the schema
 * extensions of CRDs spelled with dashes (Pulumi's typed classes cannot).
 * @throws Error where a value is not known yet
 */
export function toKube(properties: PropertyMap): KubeObject {
  return dashed(withoutNulls(revealed(properties))) as unknown as KubeObject;
}

export function fromKube(object: KubeObject): PropertyMap {
  return renameKeys(fromJson(object), DASHED, (key) => key.replaceAll("-", "_"));
}

function dashed(properties: PropertyMap): PropertyMap {
  return renameKeys(properties, UNDERSCORED, (key) => key.replaceAll("_", "-"));
}

function renameKeys(
  map: PropertyMap,
  pattern: RegExp,
  rename: (key: string) => string,
): PropertyMap {
  const renamed = (value: Value): Value => {
    if (value === UNKNOWN) throw new Error("an object with values that are not known yet");
    if (Array.isArray(value)) return value.map(renamed);
    return isMap(value) ? renameKeys(value, pattern, rename) : value;
  };
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [
      pattern.test(key) ? rename(key) : key,
      renamed(value),
    ]),
  );
}

/** Leaves out nulls of maps; those of lists are items and stay. */
export function withoutNulls(map: PropertyMap): PropertyMap {
  const kept = Object.entries(map).filter(([, value]) => value !== null);
  return mapValues(Object.fromEntries(kept), nested);
}

function nested(value: Value): Value {
  if (value instanceof Secret) return new Secret(nested(value.value));
  if (Array.isArray(value)) return value.map(nested);
  return isMap(value) ? withoutNulls(value) : value;
}

export function withoutReadOnlyMetadata(inputs: PropertyMap): PropertyMap {
  const { metadata } = inputs;
  if (!isMap(metadata)) return inputs;
  const kept = Object.entries(metadata).filter(([key]) => !READ_ONLY_METADATA.includes(key));
  return { ...inputs, metadata: Object.fromEntries(kept) };
}

/** A live object in the shape and spelling in which the inputs sent it: what differs has changed since. */
export function asSent(live: PropertyMap, inputs: PropertyMap): PropertyMap {
  const shape = pruned(live, inputs);
  return isBuiltIn(String(inputs.apiVersion)) ? withZeroValues(shape, inputs) : shape;
}

/**
 * The part of a live object that the inputs speak of: only their keys, and no more list items than they have.
 * Fields that others set never count as drift.
 */
function pruned(live: PropertyMap, inputs: PropertyMap): PropertyMap {
  const shared = Object.entries(inputs).filter(([key]) => Object.hasOwn(live, key));
  return Object.fromEntries(
    shared.map(([key, input]) => [key, prunedValue(live[key] ?? null, input)]),
  );
}

function prunedValue(live: Value, input: Value): Value {
  if (isMap(live) && isMap(input)) return pruned(live, input);
  if (Array.isArray(live) && Array.isArray(input)) {
    return live.slice(0, input.length).map((item, i) => prunedValue(item, input[i] ?? null));
  }
  return live;
}
