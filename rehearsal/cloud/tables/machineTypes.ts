import {
  BUILT_IN_GPUS,
  Gpus,
  Machine,
  machineFamily,
  machineType,
} from "../../gke/nodes/machineTypes";
import { regionOf } from "../names";
import { zonesOf } from "./regions";

/** How Google sells a machine: what its provisioning model and its reservation come to. */
export type Sale = "on-demand" | "spot" | "flex-start" | "reservation";

const A2_REGIONS =
  "asia-northeast1 asia-northeast3 asia-southeast1 europe-west4 me-west1 us-central1 us-east1 " +
  "us-west1 us-west3 us-west4";
const A3_HIGH_REGIONS =
  "asia-east1 asia-northeast1 asia-northeast3 asia-south1 asia-south2 asia-southeast1 " +
  "australia-southeast1 australia-southeast2 europe-north1 europe-west1 europe-west3 " +
  "europe-west4 europe-west9 us-central1 us-east4 us-east5 us-west1 us-west4";
const G2_REGIONS =
  "asia-east1 asia-northeast1 asia-northeast3 asia-south1 asia-southeast1 europe-west1 " +
  "europe-west2 europe-west3 europe-west4 europe-west6 me-central2 northamerica-northeast1 " +
  "northamerica-northeast2 us-central1 us-east1 us-east4 us-west1 us-west4";
const G4_REGIONS =
  "asia-east1 asia-northeast1 asia-south1 asia-south2 asia-southeast1 asia-southeast2 " +
  "europe-north1 europe-west1 europe-west10 europe-west2 europe-west4 europe-west8 me-central2 " +
  "us-central1 us-east1 us-east4 us-east5 us-south1 us-west1 us-west3 us-west4";

/**
 * Regions that have a GPU machine, by the beginning of its name: presence of the type, not stock or
 * quota. Machines without built-in GPUs are offered everywhere here; Google leaves some out of some
 * regions. Source: Cyclenerd/google-cloud-pricing-cost-calculator, tools/machinetyperegion.csv
 * (commit dac3128, 2026-08-20).
 */
const REGIONS: Record<string, string> = {
  "g2-": G2_REGIONS,
  "g4-": G4_REGIONS,
  "a2-highgpu-": A2_REGIONS,
  "a2-megagpu-": "asia-southeast1 europe-west4 us-central1",
  "a2-ultragpu-": "asia-southeast1 europe-west4 us-central1 us-east4 us-east5",
  "a3-highgpu-": A3_HIGH_REGIONS,
  "a3-megagpu-":
    "asia-east1 asia-northeast1 asia-southeast1 australia-southeast1 europe-north1 " +
    "europe-west1 europe-west3 europe-west4 us-central1 us-east4 us-east5 us-west1 us-west4",
  "a3-ultragpu-":
    "asia-south1 asia-south2 europe-west1 europe-west4 us-central1 us-east4 us-east5 " +
    "us-south1 us-west1",
  "a4-highgpu-":
    "asia-northeast1 asia-southeast1 europe-north1 europe-west1 europe-west4 us-central1 " +
    "us-east1 us-east4 us-south1 us-west2 us-west3",
  "a4x-highgpu-": "europe-west4 us-central1 us-east1 us-east4",
};

/**
 * Machines that are not sold in every way. Source: "GPU machine types" (A3 High below 8 GPUs) and
 * "Consumption options" of AI Hypercomputer; as of 2026-08.
 */
const SOLD_AS: Record<string, Sale[]> = {
  "a3-highgpu-1g": ["spot", "flex-start"],
  "a3-highgpu-2g": ["spot", "flex-start"],
  "a3-highgpu-4g": ["spot", "flex-start"],
  "a3-ultragpu-8g": ["spot", "flex-start", "reservation"],
  "a4-highgpu-8g": ["spot", "flex-start", "reservation"],
  "a4x-highgpu-4g": ["reservation"],
};

export function isOfferedIn(name: string, zone: string): boolean {
  const region = regionOf(zone);
  const found = Object.entries(REGIONS).find(([prefix]) => name.startsWith(prefix));
  return (
    machineType(name) !== undefined &&
    zonesOf(region).includes(zone) &&
    (found?.[1].split(" ").includes(region) ?? true)
  );
}

export function isSoldAs(name: string, sale: Sale): boolean {
  return SOLD_AS[name]?.includes(sale) ?? true;
}

/**
 * GPUs that are attached to N1 machines, and how many a machine may have. Source: "GPUs on Compute
 * Engine", 2026-08.
 */
const N1_GPUS: Record<string, number[]> = {
  "nvidia-tesla-t4": [1, 2, 4],
  "nvidia-tesla-p4": [1, 2, 4],
  "nvidia-tesla-p100": [1, 2, 4],
  "nvidia-tesla-v100": [1, 2, 4, 8],
};

/** Whether a machine of this type can have these GPUs. */
export function fits(machine: Pick<Machine, "name" | "gpu">, gpu: Gpus): boolean {
  if (machine.gpu) return machine.gpu.type === gpu.type && machine.gpu.count === gpu.count;
  const attachable = machineFamily(machine.name) === "n1" && N1_GPUS[gpu.type];
  return attachable ? attachable.includes(gpu.count) : false;
}

const GPU_TYPES = new Set([...BUILT_IN_GPUS, ...Object.keys(N1_GPUS)]);

export function isGpuType(type: string): boolean {
  return GPU_TYPES.has(type);
}

/**
 * Compute Engine's quota metric of a GPU type, without the prefix of preemptible ones:
 * `NVIDIA_H100_GPUS`.
 */
export function gpuQuotaMetric(type: string): string {
  const model = type.replace(/^nvidia-(tesla-)?/, "");
  // The 80 GB is left out where the model has no other size; the A100 has two.
  const metric = model.startsWith("a100") ? model : model.replace(/-\d+gb$/, "");
  return `NVIDIA_${metric.replaceAll("-", "_").toUpperCase()}_GPUS`;
}

export const GPU_QUOTA_METRICS = [...GPU_TYPES].flatMap((type) => {
  const metric = gpuQuotaMetric(type);
  return [metric, `PREEMPTIBLE_${metric}`];
});
