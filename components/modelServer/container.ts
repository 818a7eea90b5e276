import type { input } from "@pulumi/kubernetes/types";

import { PORTS } from "../../catalog/ports";
import type { ModelServerArgs } from "./args";
import { drainArgs, drainOf } from "./drain";
import { tokenParts } from "./token";
import type { Weights } from "./weights";

/** A model is loaded within this many seconds, or its pod is started again. */
const LOAD_SECONDS = 1800;
/** Fits the smallest GPU machine, four CPUs and 16 GB, beside GKE's own pods. No limit: weights pass through memory. */
const CPU_AND_MEMORY = { cpu: "2", memory: "10Gi" };

/**
 * vLLM's image runs as root and compiles kernels into its home, so it needs that user and a writable root, but none of
 * root's capabilities.
 */
const UNPRIVILEGED = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

function image({ model }: ModelServerArgs): string {
  return `vllm/vllm-openai:${model.vllmVersion}`;
}

/** The container that serves. */
export function serverContainer(args: ModelServerArgs, weights: Weights): input.core.v1.Container {
  const health = { httpGet: { path: "/health", port: "http" } };
  const token = weights.loader ? { env: [], volumeMounts: [] } : tokenParts(args.token);
  const disk = { "ephemeral-storage": `${weights.diskGi}Gi` };
  const gpu = { "nvidia.com/gpu": "1" };
  return {
    name: "vllm",
    image: image(args),
    command: ["vllm", "serve"],
    args: serverArgs(args, weights),
    env: [...token.env, ...weights.env],
    ports: [{ name: "http", containerPort: PORTS.modelServer, protocol: "TCP" }],
    startupProbe: { ...health, periodSeconds: 5, failureThreshold: LOAD_SECONDS / 5 },
    readinessProbe: { ...health, periodSeconds: 2, failureThreshold: 1, timeoutSeconds: 1 },
    livenessProbe: { ...health, periodSeconds: 5, failureThreshold: 5, timeoutSeconds: 1 },
    lifecycle: { preStop: { sleep: { seconds: drainOf(args.notice).notice } } },
    resources: { limits: { ...gpu, ...disk }, requests: { ...CPU_AND_MEMORY, ...gpu, ...disk } },
    securityContext: UNPRIVILEGED,
    volumeMounts: [
      ...weights.volumeMounts,
      ...token.volumeMounts,
      { name: "shm", mountPath: "/dev/shm" },
    ],
  };
}

/** The container that ends when the weights are where the server looks for them. */
export function loaderContainers(
  args: ModelServerArgs,
  { loader, diskGi }: Weights,
): input.core.v1.Container[] {
  if (!loader) return [];
  const token = tokenParts(args.token);
  const disk = { "ephemeral-storage": `${diskGi}Gi` };
  return [
    {
      name: loader.name,
      command: loader.command,
      // The server's own image: it has the library, and the node pulls no second image.
      image: image(args),
      env: [...token.env, ...loader.env],
      resources: { limits: disk, requests: { ...CPU_AND_MEMORY, ...disk } },
      securityContext: UNPRIVILEGED,
      volumeMounts: [...loader.volumeMounts, ...token.volumeMounts],
    },
  ];
}

function serverArgs({ model, notice }: ModelServerArgs, weights: Weights): string[] {
  const { id, revision, maxLength } = model;
  const { adapters } = weights;
  return [
    weights.model,
    // The tokenizer comes from the same revision. A directory has no revision, and its path would be the model's name.
    ...(weights.loader ? ["--served-model-name", id] : ["--revision", revision]),
    ...["--port", String(PORTS.modelServer)],
    ...["--max-model-len", String(maxLength)],
    ...drainArgs(notice, model),
    ...(adapters.length > 0
      ? ["--enable-lora", "--max-loras", String(adapters.length), "--lora-modules"]
      : []),
    ...adapters.map(({ name, path }) => JSON.stringify({ name, path, base_model_name: id })),
  ];
}
