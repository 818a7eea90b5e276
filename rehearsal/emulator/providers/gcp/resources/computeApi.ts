import type { PropertyMap } from "../../plugin";
import type { Json } from "../engine/json";
import { computeOperations } from "../engine/operations";
import { isZero } from "../engine/schema";

/** Compute Engine, in the version that the provider calls. Source: services/compute/product.go. */
export const COMPUTE = {
  base: "https://compute.googleapis.com/compute/beta",
  product: "Compute",
  operations: computeOperations,
};

/** Fields as the provider sends them: what is empty, 0 or false is left out. */
export function nonEmpty(fields: PropertyMap): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isZero(value)));
}

/** A network as the provider names it, whatever the program says: `projects/p/global/networks/n`. */
export function networkPath(network: unknown, name: string): string {
  return relative(network, `projects/${projectIn(name)}/global/networks/`);
}

/** The place of a regional resource, as the provider sends it: the region is looked for among the global things. */
export function regionPath(name: string): string {
  return `projects/${projectIn(name)}/global/regions/${name.split("/")[3] ?? ""}`;
}

/** A reference without its host, and a bare name with the path before it. */
export function relative(reference: unknown, prefix: string): string {
  const path = String(reference).replace(/^https:\/\/[^/]+\/compute\/[^/]+\//, "");
  return path.includes("/") ? path : prefix + path;
}

function projectIn(name: string): string {
  return name.split("/")[1] ?? "";
}
