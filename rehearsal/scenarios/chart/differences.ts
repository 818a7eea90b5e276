import * as yaml from "js-yaml";

import { describe, type KubeObject } from "../../emulator/kube/objects";

/** One field that is not the same on both sides; undefined where it is not there. */
export interface Difference {
  /** `Role inference/llm-epp-sa` */
  object: string;
  /** `rules[0].verbs[2]`; empty where the whole object is on one side only. */
  field: string;
  ours: unknown;
  chart: unknown;
}

/** Every difference between two lists of objects, whatever their order. */
export function differences(ours: KubeObject[], chart: KubeObject[]): Difference[] {
  const left = byIdentity(ours);
  const right = byIdentity(chart);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((identity) => {
    const [mine, theirs] = [left.get(identity), right.get(identity)];
    const object = describe((mine ?? theirs) as KubeObject);
    if (!mine || !theirs) return [{ object, field: "", ours: mine?.kind, chart: theirs?.kind }];
    return compare("", readable(mine), readable(theirs)).map((found) => ({ object, ...found }));
  });
}

/** @throws Error if two objects have one identity: the API server would take them for one */
function byIdentity(objects: KubeObject[]): Map<string, KubeObject> {
  const map = new Map<string, KubeObject>();
  for (const object of objects) {
    const identity = `${object.apiVersion} ${describe(object)}`;
    if (map.has(identity)) throw new Error(`${identity} is there twice`);
    map.set(identity, object);
  }
  return map;
}

/** Files of YAML in a ConfigMap as what they say: their readers do not see quotes and indentation. */
function readable(object: KubeObject): KubeObject {
  if (object.kind !== "ConfigMap") return object;
  const data = Object.entries((object.data ?? {}) as Record<string, string>);
  return {
    ...object,
    data: Object.fromEntries(
      data.map(([file, text]) => [file, file.endsWith(".yaml") ? yaml.load(text) : text]),
    ),
  };
}

function compare(field: string, ours: unknown, chart: unknown): Omit<Difference, "object">[] {
  if (!isNested(ours) || !isNested(chart) || Array.isArray(ours) !== Array.isArray(chart)) {
    return Object.is(ours, chart) ? [] : [{ field, ours, chart }];
  }
  const keys = new Set([...Object.keys(ours), ...Object.keys(chart)]);
  return [...keys].flatMap((key) => {
    const inner = Array.isArray(ours) ? `${field}[${key}]` : field ? `${field}.${key}` : key;
    return compare(inner, ours[key], chart[key]);
  });
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** One line for the user. */
export function sentence({ object, field, ours, chart }: Difference): string {
  if (field === "") return `${object}: only ${chart === undefined ? "ours" : "the chart's"}`;
  return `${object}: ${field}: ours ${said(ours)}, the chart's ${said(chart)}`;
}

function said(value: unknown): string {
  return value === undefined ? "is not there" : JSON.stringify(value);
}
