import type { Query } from "./client";
import type { KubeObject } from "./objects";
import { parseToken } from "./tokens";

const CRD = "CustomResourceDefinition";

/** Asks an API server what it thinks of an object, without keeping it, and of every field that it does not know. */
export const STRICTLY: Query = { dryRun: "All", fieldValidation: "Strict" };

/** An object as the provider sends it: what the type says is there whether the program says it or not. */
export function registeredObject(type: string, inputs: object): KubeObject {
  const { apiVersion, kind } = parseToken(type);
  const object = { apiVersion, kind, ...inputs } as KubeObject;
  return kind === CRD ? (asSent(object) as KubeObject) : object;
}

/** As the provider sends it: the SDK spells the `x-kubernetes-` keys of a schema with `_`. */
export function asSent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.startsWith("x_kubernetes_") ? key.replaceAll("_", "-") : key,
      asSent(inner),
    ]),
  );
}
