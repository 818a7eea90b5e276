import { type Finding, pending, violation } from "./finding";
import { nearest } from "./nearest";
import type { Value } from "./value";

/** What a field holds. */
export type Shape = ScalarShape | LabelsShape | ListShape | ObjectShape;

interface ScalarShape {
  readonly is: "a string" | "an integer" | "a boolean";
}

/** An object whose keys are data, with the keys it may have. */
interface LabelsShape {
  readonly is: "an object of strings";
  readonly keys: readonly string[];
}

interface ListShape {
  readonly is: "a list";
  readonly items: Shape;
}

/** An object with named fields and no others. */
export interface ObjectShape {
  readonly is: "an object";
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

export const string: ScalarShape = { is: "a string" };
export const integer: ScalarShape = { is: "an integer" };
export const boolean: ScalarShape = { is: "a boolean" };

export function labels(keys: readonly string[]): LabelsShape {
  return { is: "an object of strings", keys };
}

export function list(items: Shape): ListShape {
  return { is: "a list", items };
}

export function object(
  fields: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): ObjectShape {
  return { is: "an object", fields, required };
}

/**
 * Every place below `value` that does not fit the shape: fields that do not exist or belong
 * elsewhere, values of the wrong type, required fields that are not there.
 *
 * @param whole shape of the whole `spec`, where the right place of a misplaced field is looked for
 */
export function* misfits(value: Value, shape: Shape, whole: ObjectShape): Generator<Finding> {
  if (value.absent) {
    return;
  }
  if (value.unknown) {
    // A scalar fits whatever its value will be. The content of a list or an object is not visible
    // yet.
    if ("items" in shape || "fields" in shape || "keys" in shape) {
      yield pending(value);
    }
  } else if (!fits(value, shape)) {
    yield violation(value, `${value} is not ${shape.is}`, `write ${shape.is}`);
  } else if ("fields" in shape) {
    yield* misfitFields(value, shape, whole);
  } else if ("items" in shape) {
    for (const item of value.items ?? []) {
      yield* misfits(item, shape.items, whole);
    }
  } else if ("keys" in shape) {
    yield* misfitLabels(value, shape, whole);
  }
}

function* misfitLabels(value: Value, shape: LabelsShape, whole: ObjectShape): Generator<Finding> {
  for (const [key, label] of value.fields ?? []) {
    if (shape.keys.includes(key)) {
      yield* misfits(label, string, whole);
    } else {
      yield violation(label, "there is no such key", `the keys are ${shape.keys.join(", ")}`);
    }
  }
}

function* misfitFields(value: Value, shape: ObjectShape, whole: ObjectShape): Generator<Finding> {
  for (const [name, field] of value.fields ?? []) {
    const fieldShape = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (fieldShape !== undefined) {
      yield* misfits(field, fieldShape, whole);
    } else if (!field.absent) {
      yield violation(field, "there is no such field here", advice(name, shape, whole));
    }
  }
  for (const name of shape.required) {
    const field = value.at(name);
    if (field.absent) {
      yield violation(field, "is required but not set", `set it to ${shape.fields[name]?.is}`);
    }
  }
}

function fits(value: Value, shape: Shape): boolean {
  switch (shape.is) {
    case "a string":
      return typeof value.raw === "string";
    case "an integer":
      return Number.isInteger(value.raw);
    case "a boolean":
      return typeof value.raw === "boolean";
    case "a list":
      return value.items !== undefined;
    case "an object":
    case "an object of strings":
      return value.fields !== undefined;
  }
}

/** What the author of an unknown field most likely meant. */
function advice(name: string, here: ObjectShape, spec: ObjectShape): string {
  const places = [...fieldsBelow(spec, "spec")];
  const homes = places.filter((place) => place.name === name).map((place) => place.parent);
  if (homes.length > 0) {
    return `${name} belongs in ${homes.join(" or ")}`;
  }
  const sibling = nearest(name, Object.keys(here.fields));
  if (sibling !== undefined) {
    return `did you mean ${sibling}?`;
  }
  const cousin = nearest(
    name,
    places.map((place) => place.name),
  );
  const home = places.find((place) => place.name === cousin);
  if (home !== undefined) {
    return `did you mean ${home.parent}.${home.name}?`;
  }
  return `the fields here are ${Object.keys(here.fields).join(", ")}`;
}

interface FieldPlace {
  readonly parent: string;
  readonly name: string;
}

function* fieldsBelow(shape: Shape, path: string): Generator<FieldPlace> {
  if ("fields" in shape) {
    for (const [name, field] of Object.entries(shape.fields)) {
      yield { parent: path, name };
      yield* fieldsBelow(field, `${path}.${name}`);
    }
  } else if ("items" in shape) {
    yield* fieldsBelow(shape.items, `${path}[]`);
  }
}
