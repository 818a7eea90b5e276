import { everyPlace, type Key, pathOf, replaced, withoutKey } from "./places";
import { idOf, type Inputs, type Registered } from "./registered";

/** What a mutant does to one place of a resource's inputs, or to the resource as a whole. */
export type Operator = FieldOperator | "duplicate" | "leave out";
export type FieldOperator = "drop" | "misspell" | "halve" | "double" | "flip" | "rename";

/** One small change of a good stack. */
export interface Mutant {
  type: string;
  name: string;
  operator: Operator;
  /** Where, as `spec.rules[0].name`; empty where it is about the whole resource. */
  path: string;
  /** What the resource becomes: nothing where it is left out, two where it is duplicated. */
  becomes: Registered[];
}

/** What a cluster's copy of a resource has in its name. */
const COPIES = /gke-west|europe-west3/;
/** Google's resources, Kubernetes objects, and the providers that know the clusters. */
const MUTATED = /^(gcp|kubernetes|pulumi:providers):/;

/** The same for the same stack, in the same order: nothing here is drawn by lot. */
export function idOfMutant({ type, name, operator, path }: Mutant): string {
  return [type, name, operator, path].filter((part) => part !== "").join(" ");
}

/**
 * Every mutant of a stack. The clusters are made by one loop of the program, so what one of them lets through the other
 * does too: of what each cluster has, only gke-east's is changed, and beside it all that there is once.
 */
export function* mutantsOf(resources: readonly Registered[]): Generator<Mutant> {
  for (const resource of resources) {
    if (MUTATED.test(resource.type) && !COPIES.test(resource.name)) yield* mutantsOfOne(resource);
  }
}

function* mutantsOfOne(resource: Registered): Generator<Mutant> {
  const { type, name, inputs } = resource;
  for (const [operator, path, changed] of changesOf(inputs)) {
    yield { type, name, operator, path, becomes: [{ ...resource, inputs: changed }] };
  }
  const twin = { ...resource, name: `${name}-twin` };
  yield { type, name, operator: "duplicate", path: "", becomes: [resource, twin] };
  yield { type, name, operator: "leave out", path: "", becomes: [] };
}

type FieldChange = [FieldOperator, string, Inputs];

function* changesOf(inputs: Inputs): Generator<FieldChange> {
  for (const { keys, value } of everyPlace(inputs)) {
    const path = pathOf(keys);
    yield ["drop", path, withoutKey(inputs, keys) as Inputs];
    const key = keys.at(-1);
    if (typeof key === "string") yield ["misspell", path, misspelt(inputs, keys, key)];
    for (const [operator, other] of othersOf(value)) {
      yield [operator, path, replaced(inputs, keys, other) as Inputs];
    }
  }
}

/** The last letter is hit twice. */
function misspelt(inputs: Inputs, keys: readonly Key[], key: string): Inputs {
  return replaced(inputs, keys.slice(0, -1), (object: object) => {
    return Object.fromEntries(
      Object.entries(object).map(([name, value]) => [
        name === key ? key + key.slice(-1) : name,
        value,
      ]),
    );
  }) as Inputs;
}

/** Other values of the same kind as this one. */
function othersOf(value: unknown): [FieldOperator, unknown][] {
  if (typeof value === "boolean") return [["flip", !value]];
  if (typeof value === "number") return timesTwo(value, (number) => number);
  if (typeof value !== "string" || value === "") return [];
  const flipped = FLIPPED[value];
  if (flipped !== undefined) return [["flip", flipped]];
  const written = AMOUNT.exec(value) ?? PREFIX.exec(value) ?? VERSION.exec(value);
  const [, before = "", digits = "", after = ""] = written ?? [];
  const numbers = timesTwo(Number(digits), (number) => `${before}${number}${after}`);
  return AMOUNT.test(value) ? numbers : [...numbers, ["rename", `${value}-other`]];
}

const FLIPPED: Record<string, string | undefined> = {
  true: "false",
  false: "true",
  True: "False",
  False: "True",
};

/** `600s`, `16Gi`, `--max-model-len=8192` */
const AMOUNT = /^(--[\w-]+=)?(\d+(?:\.\d+)?)([a-zA-Z]{0,2}|%)$/;
/** Length of a range's prefix: `10.0.0.0/20`. */
const PREFIX = /^([\d.]+\/)(\d+)$/;
/** Minor version: `1.34.1-gke.1127000`, `vllm/vllm-openai:v0.18.1`. */
const VERSION = /^((?:.*[:/])?v?\d+\.)(\d+)(\.\d.*)$/;

function timesTwo(number: number, write: (number: number) => unknown): [FieldOperator, unknown][] {
  if (number === 0) return [];
  const half = Number.isInteger(number) ? Math.floor(number / 2) : number / 2;
  return [
    ["halve", write(half)],
    ["double", write(number * 2)],
  ];
}

/** The stack with the change made. */
export function mutated(resources: readonly Registered[], mutant: Mutant): Registered[] {
  const id = idOf(mutant);
  return resources.flatMap((resource) => (idOf(resource) === id ? mutant.becomes : [resource]));
}
