import { alteredResource } from "../alterations/alter";
import type { Alteration } from "../alterations/alteration";
import { type Edit, idOf, type InputChange, type ResourceId } from "../alterations/edit";
import { pathOf } from "../alterations/path";

import { everyPlace } from "./fieldPaths";
import type { Inputs, Registered } from "./registered";

/** What a mutant does to one place of a resource's inputs, or to the resource as a whole. */
export type Operator = FieldOperator | "duplicate" | "leave out";
export type FieldOperator = "drop" | "misspell" | "halve" | "double" | "flip" | "rename";

/** A generated alteration: one small change of a good stack. */
export interface Mutant extends Alteration {
  /** Type, name, operator and path: the same for the same stack, for nothing here is drawn by lot. */
  name: string;
  at: ResourceId;
  operator: Operator;
  /** Where, as `spec.rules[0].name`; empty where it is about the whole resource. */
  path: string;
  edits: readonly [Edit];
}

/** What a cluster's copy of a resource has in its name. */
const COPIES = /gke-west|europe-west3/;
/** Google's resources, Kubernetes objects, and the providers that know the clusters. */
const MUTATED = /^(gcp|kubernetes|pulumi:providers):/;

/**
 * Every mutant of a stack, in a fixed order. The clusters are made by one loop of the program, so what one of them lets
 * through the other does too: of what each cluster has, only gke-east's is changed, and beside it all that there is once.
 */
export function* mutantsOf(resources: readonly Registered[]): Generator<Mutant> {
  for (const { type, name, inputs } of resources) {
    if (MUTATED.test(type) && !COPIES.test(name)) yield* mutantsOfOne({ type, name }, inputs);
  }
}

function* mutantsOfOne(at: ResourceId, inputs: Inputs): Generator<Mutant> {
  for (const [operator, path, change] of changesOf(inputs)) {
    yield mutant(operator, path, { at, ...change });
  }
  yield mutant("duplicate", "", { at, duplicate: `${at.name}-twin` });
  yield mutant("leave out", "", { at, drop: true });
}

function mutant(operator: Operator, path: string, edit: Edit): Mutant {
  const { at } = edit;
  const name = [at.type, at.name, operator, path].filter((part) => part !== "").join(" ");
  return { name, at, operator, path, edits: [edit] };
}

/** What its resource becomes: nothing if it is left out, two if it is duplicated. */
export function becomes(
  { at, edits: [edit] }: Mutant,
  resources: readonly Registered[],
): Registered[] {
  const found = resources.filter((resource) => idOf(resource) === idOf(at));
  return found.flatMap((resource) => alteredResource(resource, edit));
}

function* changesOf(inputs: Inputs): Generator<[FieldOperator, string, InputChange]> {
  for (const { keys, value } of everyPlace(inputs)) {
    const path = pathOf(keys);
    yield ["drop", path, { unset: path }];
    const key = keys.at(-1);
    // The last letter is hit twice.
    if (typeof key === "string") {
      yield ["misspell", path, { rename: path, as: key + key.slice(-1) }];
    }
    for (const [operator, to] of othersOf(value)) yield [operator, path, { set: path, to }];
  }
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
