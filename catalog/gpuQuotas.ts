import type { Dated } from "./dated";

export const GPU_QUOTAS_DATED: Dated = {
  title: "Quota metric of each GPU",
  source:
    "`Quota.metric` in the discovery document of Compute Engine, revision 20261106; GoogleCloudPlatform/cluster-toolkit#5422 " +
    "and #5107, which count newer GPUs by family",
  asOf: "2026-11-06",
  goodForMonths: 6,
};

/** The GPU's part of the metrics' names: `NVIDIA_L4_GPUS`, `PREEMPTIBLE_NVIDIA_L4_GPUS`. */
const MODELS: Readonly<Record<string, string>> = {
  "nvidia-l4": "NVIDIA_L4",
  "nvidia-rtx-pro-6000": "NVIDIA_RTX_PRO_6000",
  "nvidia-tesla-a100": "NVIDIA_A100",
  "nvidia-a100-80gb": "NVIDIA_A100_80GB",
  "nvidia-h100-80gb": "NVIDIA_H100",
  "nvidia-h200-141gb": "NVIDIA_H200",
  "nvidia-b200": "NVIDIA_B200",
};

/** GPUs that have a metric of their own on demand. The others are counted by family, which only Cloud Quotas tells. */
const OWN_METRIC = ["nvidia-l4", "nvidia-tesla-a100", "nvidia-a100-80gb"];

export interface GpuQuota {
  metric: string;
  /** Family of GPUs; only for a metric with a limit for each family. */
  family?: string;
}

/**
 * The quota that a GPU takes in its region; undefined if the GPU is not in the table.
 * @param preemptible as Spot and flex-start nodes are counted
 */
export function gpuQuota(gpu: string, preemptible: boolean): GpuQuota | undefined {
  const model = MODELS[gpu];
  if (model === undefined) return undefined;
  if (preemptible) return { metric: `PREEMPTIBLE_${model}_GPUS` };
  if (OWN_METRIC.includes(gpu)) return { metric: `${model}_GPUS` };
  return { metric: "GPUS_PER_GPU_FAMILY", family: model };
}
