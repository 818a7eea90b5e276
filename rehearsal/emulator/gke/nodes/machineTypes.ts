import { Dated } from "../../dated";

export const MACHINES_DATED: Dated = {
  title: "What each machine type has: GPUs, CPUs, memory, local SSDs",
  source:
    "Cyclenerd/google-cloud-pricing-cost-calculator at dac3128; https://cloud.google.com/compute/docs/gpus and docs/disks/local-ssd",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

/** What a machine of one type has. */
export interface Machine {
  name: string;
  vcpus: number;
  memoryGb: number;
  /** Local SSDs of 375 GB that the machine always has. */
  localSsds?: number;
  /** Whether GKE puts ephemeral storage on them without being asked. */
  usesLocalSsds?: boolean;
  /** Built into the machine type. */
  gpu?: Gpus;
}

/** GPUs of one machine. */
export interface Gpus {
  type: string;
  count: number;
}

/**
 * GPU machines, whose memory follows no rule: GPUs, vCPUs, memory in GB, local SSDs. Source: the
 * public list of machine types in Cyclenerd/google-cloud-pricing-cost-calculator, commit dac3128
 * (2026-08-20); GPUs and local SSDs from Google's "GPU machine types" and "Add Local SSD" pages (of
 * the latter: G4 has none unless asked). A4X has four larger ones, which are left out.
 */
const GPU_MACHINES: Record<
  string,
  Record<string, [gpus: number, vcpus: number, gb: number, localSsds?: number]>
> = {
  "nvidia-l4": {
    "g2-standard-4": [1, 4, 16],
    "g2-standard-8": [1, 8, 32],
    "g2-standard-12": [1, 12, 48],
    "g2-standard-16": [1, 16, 64],
    "g2-standard-24": [2, 24, 96],
    "g2-standard-32": [1, 32, 128],
    "g2-standard-48": [4, 48, 192],
    "g2-standard-96": [8, 96, 384],
  },
  "nvidia-rtx-pro-6000": {
    "g4-standard-48": [1, 48, 180],
    "g4-standard-96": [2, 96, 360],
    "g4-standard-192": [4, 192, 720],
    "g4-standard-384": [8, 384, 1440],
  },
  "nvidia-tesla-a100": {
    "a2-highgpu-1g": [1, 12, 85],
    "a2-highgpu-2g": [2, 24, 170],
    "a2-highgpu-4g": [4, 48, 340],
    "a2-highgpu-8g": [8, 96, 680],
    "a2-megagpu-16g": [16, 96, 1360],
  },
  "nvidia-a100-80gb": {
    "a2-ultragpu-1g": [1, 12, 170, 1],
    "a2-ultragpu-2g": [2, 24, 340, 2],
    "a2-ultragpu-4g": [4, 48, 680, 4],
    "a2-ultragpu-8g": [8, 96, 1360, 8],
  },
  "nvidia-h100-80gb": {
    "a3-highgpu-1g": [1, 26, 234, 2],
    "a3-highgpu-2g": [2, 52, 468, 4],
    "a3-highgpu-4g": [4, 104, 936, 8],
    "a3-highgpu-8g": [8, 208, 1872, 16],
  },
  "nvidia-h100-mega-80gb": { "a3-megagpu-8g": [8, 208, 1872, 16] },
  "nvidia-h200-141gb": { "a3-ultragpu-8g": [8, 224, 2952, 32] },
  "nvidia-b200": { "a4-highgpu-8g": [8, 224, 3968, 32] },
  "nvidia-gb200": { "a4x-highgpu-4g": [4, 140, 884] },
};

/** Machines whose local SSDs GKE leaves alone unless a pool asks for them (container API, `NodeConfig`). */
const SECOND_GENERATION = /^a2-/;

/**
 * Families without built-in GPUs that node pools are usually made of: memory in GB for each vCPU,
 * and the sizes in vCPUs. Source: Google's "General-purpose machine family" and "Compute-optimized
 * machine family" pages; as of 2026-08.
 */
const FAMILIES: Record<string, [gbPerVcpu: number, sizes: number[]]> = {
  "e2-standard": [4, [2, 4, 8, 16, 32]],
  "e2-highmem": [8, [2, 4, 8, 16]],
  "e2-highcpu": [1, [2, 4, 8, 16, 32]],
  "n1-standard": [3.75, [1, 2, 4, 8, 16, 32, 64, 96]],
  "n1-highmem": [6.5, [2, 4, 8, 16, 32, 64, 96]],
  "n2-standard": [4, [2, 4, 8, 16, 32, 48, 64, 80, 96, 128]],
  "n2-highmem": [8, [2, 4, 8, 16, 32, 48, 64, 80, 96]],
  "n2d-standard": [4, [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224]],
  "n4-standard": [4, [2, 4, 8, 16, 32, 48, 64, 80]],
  "n4-highmem": [8, [2, 4, 8, 16, 32, 48, 64, 80]],
  "c2-standard": [4, [4, 8, 16, 30, 60]],
  "c3-standard": [4, [4, 8, 22, 44, 88, 176]],
  "c3-highmem": [8, [4, 8, 22, 44, 88, 176]],
  "c4-standard": [3.75, [2, 4, 8, 16, 24, 32, 48, 96, 144, 192, 288]],
};

/** Shared-core machines: the scheduler sees two vCPUs, whatever part of them they may use. */
const SHARED_CORE_GB = { "e2-micro": 1, "e2-small": 2, "e2-medium": 4 };

const MACHINES = new Map(
  [...gpuMachines(), ...familyMachines(), ...sharedCoreMachines()].map((m) => [m.name, m]),
);

/** All that the rehearsal knows. */
export const MACHINE_TYPES: readonly Machine[] = [...MACHINES.values()];

/** `undefined` where the rehearsal does not know the type. */
export function machineType(name: string): Machine | undefined {
  return MACHINES.get(name);
}

/** Like `machineType`. @throws Error where the type is not known */
export function machine(name: string): Machine {
  const found = machineType(name);
  if (found) return found;
  const known = [...MACHINES.keys()].join(", ");
  throw new Error(`machine type "${name}" is not known to the rehearsal; it knows ${known}`);
}

/** GPU types that are built into machines. */
export const BUILT_IN_GPUS = Object.keys(GPU_MACHINES);

/** `a3` of `a3-highgpu-2g`. */
export function machineFamily(type: string): string {
  return type.slice(0, type.indexOf("-"));
}

function gpuMachines(): Machine[] {
  return Object.entries(GPU_MACHINES).flatMap(([type, rows]) =>
    Object.entries(rows).map(([name, [count, vcpus, memoryGb, localSsds]]) => ({
      name,
      vcpus,
      memoryGb,
      ...(localSsds !== undefined && { localSsds, usesLocalSsds: !SECOND_GENERATION.test(name) }),
      gpu: { type, count },
    })),
  );
}

function familyMachines(): Machine[] {
  return Object.entries(FAMILIES).flatMap(([family, [gbPerVcpu, sizes]]) =>
    sizes.map((vcpus) => ({ name: `${family}-${vcpus}`, vcpus, memoryGb: gbPerVcpu * vcpus })),
  );
}

function sharedCoreMachines(): Machine[] {
  return Object.entries(SHARED_CORE_GB).map(([name, memoryGb]) => ({ name, vcpus: 2, memoryGb }));
}
