import * as fs from "node:fs/promises";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { KubeObject } from "../../emulator/kube/objects";

const FILE = "crd/bases/inference.networking.x-k8s.io_inferenceobjectives.yaml";

/**
 * The kind InferenceObjective as gateway-api-inference-extension has it, less what no API server acts upon:
 * descriptions, the generator's empty status and the note of the version.
 * @param config its folder `config`
 */
export async function publishedKind(config: string): Promise<KubeObject> {
  const text = await fs.readFile(path.join(config, FILE), "utf8");
  const { apiVersion, kind, metadata, spec } = yaml.load(text) as KubeObject;
  return without({ apiVersion, kind, metadata: { name: metadata.name }, spec }) as KubeObject;
}

/** A schema's own descriptions; a property that has this name is a schema itself. */
function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => key !== "description" || typeof inner !== "string")
      .map(([key, inner]) => [key, without(inner)]),
  );
}
