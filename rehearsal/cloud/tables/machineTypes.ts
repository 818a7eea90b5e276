import { regionOf } from "../names";
import { zonesOf } from "./regions";

/** What the cloud checks of a machine type; what its nodes have is GKE's to know. */
export interface MachineType {
  name: string;
  /** Built into the machine type. */
  gpu?: { type: string; count: number };
}

/** A family of accelerator-optimized machines: the suffix of each name, and its number of GPUs. */
interface GpuFamily {
  prefix: string;
  gpu: string;
  shapes: Record<string, number>;
  regions: string;
}

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
 * GPU machine types and the regions that have them: presence of the type, not stock or quota.
 * Source: Cyclenerd/google-cloud-pricing-cost-calculator, tools/machinetyperegion.csv (commit
 * dac3128, 2026-08-20); GPU types and counts: Google's "GPU machine types" page.
 */
const GPU_FAMILIES: GpuFamily[] = [
  {
    prefix: "g2-standard-",
    gpu: "nvidia-l4",
    shapes: { 4: 1, 8: 1, 12: 1, 16: 1, 24: 2, 32: 1, 48: 4, 96: 8 },
    regions: G2_REGIONS,
  },
  {
    prefix: "g4-standard-",
    gpu: "nvidia-rtx-pro-6000",
    shapes: { 48: 1, 96: 2, 192: 4, 384: 8 },
    regions: G4_REGIONS,
  },
  {
    prefix: "a2-highgpu-",
    gpu: "nvidia-tesla-a100",
    shapes: { "1g": 1, "2g": 2, "4g": 4, "8g": 8 },
    regions: A2_REGIONS,
  },
  {
    prefix: "a2-megagpu-",
    gpu: "nvidia-tesla-a100",
    shapes: { "16g": 16 },
    regions: "asia-southeast1 europe-west4 us-central1",
  },
  {
    prefix: "a2-ultragpu-",
    gpu: "nvidia-a100-80gb",
    shapes: { "1g": 1, "2g": 2, "4g": 4, "8g": 8 },
    regions: "asia-southeast1 europe-west4 us-central1 us-east4 us-east5",
  },
  {
    prefix: "a3-highgpu-",
    gpu: "nvidia-h100-80gb",
    shapes: { "1g": 1, "2g": 2, "4g": 4, "8g": 8 },
    regions: A3_HIGH_REGIONS,
  },
  {
    prefix: "a3-megagpu-",
    gpu: "nvidia-h100-mega-80gb",
    shapes: { "8g": 8 },
    regions:
      "asia-east1 asia-northeast1 asia-southeast1 australia-southeast1 europe-north1 " +
      "europe-west1 europe-west3 europe-west4 us-central1 us-east4 us-east5 us-west1 us-west4",
  },
  {
    prefix: "a3-ultragpu-",
    gpu: "nvidia-h200-141gb",
    shapes: { "8g": 8 },
    regions:
      "asia-south1 asia-south2 europe-west1 europe-west4 us-central1 us-east4 us-east5 " +
      "us-south1 us-west1",
  },
  {
    prefix: "a4-highgpu-",
    gpu: "nvidia-b200",
    shapes: { "8g": 8 },
    regions:
      "asia-northeast1 asia-southeast1 europe-north1 europe-west1 europe-west4 us-central1 " +
      "us-east1 us-east4 us-south1 us-west2 us-west3",
  },
  {
    prefix: "a4x-highgpu-",
    gpu: "nvidia-gb200",
    shapes: { "4g": 4 },
    regions: "europe-west4 us-central1 us-east1 us-east4",
  },
];

/**
 * Families without built-in GPUs that node pools are usually made of: sizes in vCPUs. Offered in
 * every region here; Google leaves some out of some regions.
 * Source: Google's "General-purpose machine family" and "Compute-optimized machine family" pages;
 * as of 2026-08.
 */
const GENERAL_FAMILIES: Record<string, number[]> = {
  "e2-standard": [2, 4, 8, 16, 32],
  "e2-highmem": [2, 4, 8, 16],
  "e2-highcpu": [2, 4, 8, 16, 32],
  "n1-standard": [1, 2, 4, 8, 16, 32, 64, 96],
  "n1-highmem": [2, 4, 8, 16, 32, 64, 96],
  "n2-standard": [2, 4, 8, 16, 32, 48, 64, 80, 96, 128],
  "n2-highmem": [2, 4, 8, 16, 32, 48, 64, 80, 96],
  "n2d-standard": [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224],
  "n4-standard": [2, 4, 8, 16, 32, 48, 64, 80],
  "n4-highmem": [2, 4, 8, 16, 32, 48, 64, 80],
  "c2-standard": [4, 8, 16, 30, 60],
  "c3-standard": [4, 8, 22, 44, 88, 176],
  "c3-highmem": [4, 8, 22, 44, 88, 176],
  "c4-standard": [2, 4, 8, 16, 24, 32, 48, 96, 144, 192, 288],
};
const SHARED_CORE = ["e2-micro", "e2-small", "e2-medium"];

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

const TABLE = new Map<string, { machine: MachineType; regions?: string[] }>();
for (const { prefix, gpu, shapes, regions } of GPU_FAMILIES) {
  for (const [suffix, count] of Object.entries(shapes)) {
    const machine = { name: prefix + suffix, gpu: { type: gpu, count } };
    TABLE.set(machine.name, { machine, regions: regions.split(" ") });
  }
}
const generalNames = Object.entries(GENERAL_FAMILIES).flatMap(([family, sizes]) =>
  sizes.map((vcpus) => `${family}-${vcpus}`),
);
for (const name of [...generalNames, ...SHARED_CORE]) TABLE.set(name, { machine: { name } });

/** `undefined` where the name is not in the tables. */
export function machineType(name: string): MachineType | undefined {
  return TABLE.get(name)?.machine;
}

export function isOfferedIn(name: string, zone: string): boolean {
  const row = TABLE.get(name);
  const region = regionOf(zone);
  return (
    row !== undefined && zonesOf(region).includes(zone) && (row.regions?.includes(region) ?? true)
  );
}

/** Whether a machine of this type can have these GPUs. */
export function fits(machine: MachineType, gpu: { type: string; count: number }): boolean {
  if (machine.gpu) return machine.gpu.type === gpu.type && machine.gpu.count === gpu.count;
  return machine.name.startsWith("n1-") && (N1_GPUS[gpu.type]?.includes(gpu.count) ?? false);
}

const GPU_TYPES = new Set([...GPU_FAMILIES.map((f) => f.gpu), ...Object.keys(N1_GPUS)]);

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
