import { Failure, isMap, PropertyMap, UNKNOWN, Value } from "../plugin";

/** One kind of random resource. Its value is drawn once; a change of any input draws a new one. */
export interface RandomKind {
  inputs: Record<string, Input>;
  /** Names of the outputs that `draw` adds to the inputs. */
  drawn: readonly string[];
  /** Rules that go across inputs, or undefined. */
  refuse?(inputs: PropertyMap): string | undefined;
  draw(inputs: PropertyMap): { id: string; outputs: PropertyMap };
}

export interface Input {
  type: "boolean" | "integer" | "string" | "strings";
  required?: boolean;
  default?: Value;
  /** Smallest integer allowed. */
  min?: number;
}

/** A change of any of these is the reason that a program gives for a new value. */
const KEEPERS: Input = { type: "strings" };

export function inputsOf(kind: RandomKind): Record<string, Input> {
  return { ...kind.inputs, keepers: KEEPERS };
}

/** The inputs with their defaults. */
export function withDefaults(kind: RandomKind, inputs: PropertyMap): PropertyMap {
  const defaults = Object.entries(inputsOf(kind)).flatMap(([name, input]): [string, Value][] =>
    input.default === undefined || given(inputs[name]) ? [] : [[name, input.default]],
  );
  const present = Object.entries(inputs).filter(([, value]) => given(value));
  return Object.fromEntries([...present, ...defaults]);
}

export function failuresOf(kind: RandomKind, inputs: PropertyMap): Failure[] {
  const known = inputsOf(kind);
  const failures = Object.entries(known).flatMap(([property, input]) => {
    const reason = refusal(property, input, inputs[property]);
    return reason === undefined ? [] : [{ property, reason }];
  });
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(known, name));
  const names = Object.keys(known).join(", ");
  failures.push(
    ...unknown.map((property) => ({ property, reason: `${property}: not one of ${names}` })),
  );
  const crossed = failures.length === 0 ? kind.refuse?.(inputs) : undefined;
  return crossed === undefined ? failures : [{ property: "", reason: crossed }];
}

function refusal(name: string, input: Input, value: Value | undefined): string | undefined {
  if (!given(value)) return input.required ? `${name}: required` : undefined;
  if (value === UNKNOWN) return undefined;
  if (!TYPES[input.type](value)) {
    return `${name}: ${JSON.stringify(value)} is no ${NAMES[input.type]}`;
  }
  if (input.min !== undefined && Number(value) < input.min) {
    return `${name}: ${String(value)} is less than ${input.min}`;
  }
  return undefined;
}

function given(value: Value | undefined): value is Value {
  return value !== undefined && value !== null;
}

const TYPES: Record<Input["type"], (value: Value) => boolean> = {
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === "string",
  strings: (value) =>
    isMap(value) && Object.values(value).every((v) => typeof v === "string" || v === UNKNOWN),
};

const NAMES: Record<Input["type"], string> = {
  boolean: "boolean",
  integer: "integer",
  string: "string",
  strings: "map of strings",
};
