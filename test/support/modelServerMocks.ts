import * as pulumi from "@pulumi/pulumi";

import { ModelServer, type ModelServerArgs } from "../../components/modelServer";
import { type Recording, register } from "./components";
import { find } from "../../rehearsal/stage/registrations";

export const TOKEN = "hf_do-not-tell";
export const SERVER = "kubernetes:apps/v1:Deployment::gke-west";
export const SECRET_MANAGER = { kind: "secret-manager", secret: "projects/p/secrets/hf" } as const;
export const BUCKET = { kind: "bucket", bucket: "weights" } as const;

export const ARGS: Omit<ModelServerArgs, "token"> = {
  namespace: "inference",
  app: "llama",
  model: {
    id: "meta-llama/Llama-3.1-8B-Instruct",
    revision: "0e9e39f",
    adapters: [{ name: "food-review-1", source: "Kawon/food" }],
    maxLength: 8192,
    replicas: 2,
    vllmVersion: "v0.18.1",
  },
  notice: "none",
  nodePools: ["west-gpu-1a2b3c4"],
  weightsCache: { kind: "none" },
  workloadPool: "demo.svc.id.goog",
};

/** Registers the model server of cluster `gke-west`. */
export function modelServer(
  over: Partial<ModelServerArgs> = {},
  opts: { preview?: boolean; name?: string } = {},
): Promise<Recording<ModelServer>> {
  const { name = "gke-west", preview } = opts;
  const build = () => {
    const token = { kind: "value", token: pulumi.secret(TOKEN) } as const;
    return new ModelServer(name, { ...ARGS, token, ...over });
  };
  return register(build, { preview });
}

/** The pod of a Deployment as far as the tests look into it. */
export interface PodTemplate {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
  spec: {
    initContainers?: Container[];
    containers: Container[];
    volumes: { name: string }[];
    nodeSelector?: Record<string, string>;
    tolerations?: unknown[];
    terminationGracePeriodSeconds: number;
    serviceAccountName: string;
  };
}

export interface Container {
  name: string;
  image: string;
  command: string[];
  args: string[];
  env: { name: string; value?: string; valueFrom?: object }[];
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
  resources: { limits: Record<string, string>; requests: Record<string, string> };
  lifecycle: { preStop: { sleep: { seconds: number } } };
}

/** The pod that the Deployment makes. */
export function podOf(recording: Recording<ModelServer>): PodTemplate {
  const { spec } = find(recording, SERVER).inputs as { spec: { template: PodTemplate } };
  return spec.template;
}

/** Its container that serves. */
export function vllmOf(recording: Recording<ModelServer>): Container {
  const [container] = podOf(recording).spec.containers;
  if (!container) throw new Error("the pod has no container");
  return container;
}
