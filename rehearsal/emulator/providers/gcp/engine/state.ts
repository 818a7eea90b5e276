import { containsSecret, isMap, PropertyMap, Secret, UNKNOWN, Value } from "../../plugin";
import { DEFAULTS } from "./check";
import { ProviderConfig } from "./config";
import { diff } from "./diff";
import { effectiveLabels, ownLabels, plannedLabels } from "./labels";
import { ResourceType } from "./resource";
import {
  Block,
  holdsSecret,
  isBlock,
  isComputed,
  isInput,
  isLocal,
  isScalar,
  isZero,
  Property,
  sameKey,
  Schema,
} from "./schema";

/**
 * The state of a resource: what the cloud says, and what only the provider knows.
 * @param known the inputs, or the state before: what the cloud does not tell is taken from it
 */
export function stateOf(
  type: ResourceType,
  said: PropertyMap,
  known: PropertyMap,
  config: ProviderConfig,
): PropertyMap {
  const state = project(type.properties, said, known);
  for (const [key, property] of Object.entries(type.properties)) {
    if (isLocal(property) && known[key] !== undefined) state[key] = known[key];
  }
  if (type.properties.deletionPolicy) {
    state.deletionPolicy = known.deletionPolicy ?? config.deletionPolicy;
  }
  if (type.labels !== undefined) {
    const all = isMap(said[type.labels]) ? (said[type.labels] ?? {}) : {};
    const before = isMap(known.pulumiLabels) ? known.pulumiLabels : undefined;
    const planned = plannedLabels(type.labels, known, config, before);
    state.effectiveLabels = all;
    state.pulumiLabels = ownLabels(all, planned) ?? {};
    state[type.labels] = ownLabels(all, known[type.labels]) ?? {};
  }
  return state;
}

/** The part of the cloud's answer that belongs into the state: no empty values that were never set. */
function project(schema: Schema, said: PropertyMap, known: PropertyMap): PropertyMap {
  const state: PropertyMap = {};
  for (const [key, property] of Object.entries(schema)) {
    const [value, asked] = [said[key], known[key]];
    if (value === undefined || value === null) {
      // Google leaves out what is false or 0.
      if (isScalar(property) && (asked === false || asked === 0)) state[key] = asked;
      continue;
    }
    const belongs = isComputed(property) && !isMap(value);
    if (isZero(value) && asked === undefined && !belongs) continue;
    state[key] = isBlock(property)
      ? projectBlock(property, value, asked)
      : ordered(property, value, asked);
  }
  return state;
}

function projectBlock(property: Block, value: Value, asked: Value | undefined): Value {
  const { kind, properties, key } = property;
  if (kind === "block") {
    return isMap(value) ? project(properties, value, isMap(asked) ? asked : {}) : value;
  }
  const items = Array.isArray(value) ? value : [];
  const others = Array.isArray(asked) ? asked : [];
  return items.map((item, index) => {
    const other = key === undefined ? others[index] : others.find((o) => sameKey(o, item, key));
    return isMap(item) ? project(properties, item, isMap(other) ? other : {}) : item;
  });
}

/** A set has no order: it is shown in that of the program. */
function ordered({ kind }: Property, value: Value, asked: Value | undefined): Value {
  if (kind !== "set" || !Array.isArray(value) || !Array.isArray(asked)) return value;
  const known = asked.filter((item) => value.includes(item));
  return [...known, ...value.filter((item) => !asked.includes(item))];
}

/** The outputs of a resource that a preview would create: what only the cloud knows is unknown. */
export function previewOfCreate(
  type: ResourceType,
  inputs: PropertyMap,
  config: ProviderConfig,
): PropertyMap {
  const preview = unknowns(type.properties, inputs);
  if (type.properties.project) preview.project = inputs.project ?? config.project ?? UNKNOWN;
  if (type.properties.deletionPolicy) {
    preview.deletionPolicy = inputs.deletionPolicy ?? config.deletionPolicy;
  }
  if (type.labels !== undefined) {
    preview.pulumiLabels = plannedLabels(type.labels, inputs, config);
    preview.effectiveLabels = preview.pulumiLabels;
  }
  return preview;
}

function unknowns(schema: Schema, inputs: PropertyMap): PropertyMap {
  const preview: PropertyMap = {};
  for (const [key, property] of Object.entries(schema)) {
    const value = inputs[key];
    if (value === undefined) {
      if (isComputed(property)) preview[key] = UNKNOWN;
    } else if (isBlock(property)) preview[key] = unknownsInside(property, value);
    else preview[key] = value;
  }
  return preview;
}

function unknownsInside({ properties }: Block, value: Value): Value {
  if (Array.isArray(value)) {
    return value.map((item) => (isMap(item) ? unknowns(properties, item) : item));
  }
  return isMap(value) ? unknowns(properties, value) : value;
}

/** The outputs that a preview shows for an update: the state, with what the program changes. */
export function previewOfUpdate(
  type: ResourceType,
  state: PropertyMap,
  inputs: PropertyMap,
  config: ProviderConfig,
): PropertyMap {
  const preview = overlay(type.properties, state, inputs);
  if (type.labels !== undefined && isMap(state.pulumiLabels)) {
    const planned = plannedLabels(type.labels, inputs, config, state.pulumiLabels);
    preview.pulumiLabels = planned;
    preview.effectiveLabels = effectiveLabels(planned, state);
  }
  return preview;
}

/** What an update makes of the resource: what the program leaves out and the cloud has filled in stays. */
export function planned(
  { properties }: ResourceType,
  state: PropertyMap,
  inputs: PropertyMap,
): PropertyMap {
  return plannedInside(properties, state, inputs);
}

function plannedInside(schema: Schema, state: PropertyMap, inputs: PropertyMap): PropertyMap {
  const merged = { ...inputs };
  for (const [key, property] of Object.entries(schema)) {
    const [before, after] = [state[key], inputs[key]];
    if (before === undefined || !isInput(property)) continue;
    if (after === undefined && isComputed(property)) merged[key] = before;
    else if (isBlock(property) && isMap(before) && isMap(after)) {
      merged[key] = plannedInside(property.properties, before, after);
    }
  }
  return merged;
}

function overlay(schema: Schema, state: PropertyMap, inputs: PropertyMap): PropertyMap {
  const merged: PropertyMap = {};
  for (const [key, property] of Object.entries(schema)) {
    const [before, after] = [state[key], inputs[key]];
    if (after === undefined) {
      if (before !== undefined && (isComputed(property) || !isInput(property))) {
        merged[key] = before;
      }
    } else if (isBlock(property) && isMap(before) && isMap(after)) {
      merged[key] = overlay(property.properties, before, after);
    } else merged[key] = after;
  }
  return merged;
}

/**
 * The inputs that would make the state what it is: the program's own where they mean the same.
 * @param old of the last run; empty for an import, which takes over everything that can be set
 */
export function inputsOf(
  type: ResourceType,
  old: PropertyMap,
  state: PropertyMap,
  config: ProviderConfig,
): PropertyMap {
  if (Object.keys(old).length === 0) {
    return { ...importable(type.properties, state), [DEFAULTS]: [] };
  }
  const request = { urn: "", type: type.token, name: "", id: "", ignoreChanges: [] };
  const { changes } = diff(
    { ...type, plan: undefined },
    { ...request, oldInputs: old, oldOutputs: state, newInputs: old },
    config,
  );
  const inputs = { ...old };
  const gone: string[] = [];
  for (const [key] of changes.map(({ path }) => path)) {
    const property = type.properties[String(key)];
    const value = state[String(key)];
    if (!property || !isInput(property)) continue;
    if (value === undefined) gone.push(String(key));
    else inputs[String(key)] = isBlock(property) ? importableInside(property, value) : value;
  }
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !gone.includes(key)));
}

function importable(schema: Schema, state: PropertyMap): PropertyMap {
  const entries = Object.entries(schema)
    .filter(([key, property]) => isInput(property) && !isZero(state[key]))
    .map(([key, property]) => {
      const value = state[key] ?? null;
      return [key, isBlock(property) ? importableInside(property, value) : value] as const;
    });
  return Object.fromEntries(entries);
}

function importableInside({ properties }: Block, value: Value): Value {
  const one = (item: Value) =>
    isMap(item) ? { ...importable(properties, item), [DEFAULTS]: [] } : item;
  return Array.isArray(value) ? value.map(one) : one(value);
}

/** Marks as secret what is so by its type, or because the program said so. */
export function withSecrets(
  type: ResourceType,
  outputs: PropertyMap,
  inputs: PropertyMap,
): PropertyMap {
  const marked: PropertyMap = {};
  for (const [key, value] of Object.entries(outputs)) {
    const [property, input] = [type.properties[key], inputs[key]];
    const secret =
      (property && holdsSecret(property)) || (input !== undefined && containsSecret(input));
    marked[key] = secret ? new Secret(value) : value;
  }
  return marked;
}
