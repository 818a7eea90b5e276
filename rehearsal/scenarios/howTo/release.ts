import * as fs from "node:fs/promises";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { KubeObject } from "../../emulator/kube/objects";

/** What the how-to takes from the Gateway API Inference Extension v1.1.0, by URL there, from its Go module here. */
export interface GieRelease {
  /** `gpu-deployment.yaml`: Deployment of the model server and ConfigMap of its adapters. */
  gpuDeployment: KubeObject[];
  /** The CRD of InferenceObjective. */
  objectiveCrd: KubeObject;
}

const CRD = "crd/bases/inference.networking.x-k8s.io_inferenceobjectives.yaml";

/** @param config the module's folder `config` */
export async function readRelease(config: string): Promise<GieRelease> {
  const [objectiveCrd] = await readManifest(path.join(config, CRD));
  if (!objectiveCrd) throw new Error(`${CRD} is empty`);
  return {
    gpuDeployment: await readManifest(path.join(config, "manifests/vllm/gpu-deployment.yaml")),
    objectiveCrd,
  };
}

/** The objects of a file of several documents. */
async function readManifest(file: string): Promise<KubeObject[]> {
  const documents = yaml.loadAll(await fs.readFile(file, "utf8")) as (KubeObject | null)[];
  return documents.flatMap((document) => document ?? []);
}
