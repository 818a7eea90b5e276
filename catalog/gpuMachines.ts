import type { Dated } from "./dated";
import type { Provisioning } from "./provisioning";

export const GPU_MACHINES_DATED: Dated = {
  title: "GPU machine types: GPUs and their memory, local SSDs, how they are sold",
  source: "https://cloud.google.com/compute/docs/gpus",
  asOf: "2026-08-20",
  goodForMonths: 6,
};

/** The hardware of a GPU machine type, and how it is sold. `gpuZones.ts` has its zones. Add a row to allow a type. */
export interface GpuMachine {
  /** Accelerator type, as GKE names it. */
  gpu: string;
  gpusPerNode: number;
  /** Memory of each GPU in GB, which is rounded up from its GiB. */
  gpuMemoryGb: number;
  soldAs: readonly Provisioning[];
  /**
   * Local SSDs that GKE uses by default for the data of pods, and whose number it returns; "unsettled" if no source
   * says whether it does so or how many there are. 0: pods write to the boot disk.
   */
  localSsds: number | "unsettled";
}

const MEMORY_GB = {
  "nvidia-l4": 24,
  "nvidia-rtx-pro-6000": 96,
  "nvidia-tesla-a100": 40,
  "nvidia-a100-80gb": 80,
  "nvidia-h100-80gb": 80,
  "nvidia-h200-141gb": 141,
  "nvidia-b200": 180,
} as const;

const ANY_WAY = ["on-demand", "spot", "flex-start", "reservation"] as const;
const PART_OF_A_HOST = ["spot", "flex-start"] as const;
const NOT_ON_DEMAND = ["spot", "flex-start", "reservation"] as const;

function machine(
  gpu: keyof typeof MEMORY_GB,
  gpusPerNode: number,
  localSsds: GpuMachine["localSsds"] = 0,
  soldAs: readonly Provisioning[] = ANY_WAY,
): GpuMachine {
  return { gpu, gpusPerNode, gpuMemoryGb: MEMORY_GB[gpu], soldAs, localSsds };
}

/**
 * Left out: `g4-standard-6` to `-24`, which have a part of a GPU; A4X, whose CPUs are Arm and whose machines come from
 * a reservation in one placement policy, neither of which has been tried with this program.
 */
export const gpuMachines: Readonly<Record<string, GpuMachine>> = {
  "g2-standard-4": machine("nvidia-l4", 1),
  "g2-standard-8": machine("nvidia-l4", 1),
  "g2-standard-12": machine("nvidia-l4", 1),
  "g2-standard-16": machine("nvidia-l4", 1),
  "g2-standard-24": machine("nvidia-l4", 2),
  "g2-standard-32": machine("nvidia-l4", 1),
  "g2-standard-48": machine("nvidia-l4", 4),
  "g2-standard-96": machine("nvidia-l4", 8),
  "g4-standard-48": machine("nvidia-rtx-pro-6000", 1),
  "g4-standard-96": machine("nvidia-rtx-pro-6000", 2),
  "g4-standard-192": machine("nvidia-rtx-pro-6000", 4),
  "g4-standard-384": machine("nvidia-rtx-pro-6000", 8),
  "a2-highgpu-1g": machine("nvidia-tesla-a100", 1),
  "a2-highgpu-2g": machine("nvidia-tesla-a100", 2),
  "a2-highgpu-4g": machine("nvidia-tesla-a100", 4),
  "a2-highgpu-8g": machine("nvidia-tesla-a100", 8),
  // The API's reference says that GKE leaves SSDs of the second generation alone; no source shows it.
  "a2-ultragpu-1g": machine("nvidia-a100-80gb", 1, "unsettled"),
  "a2-ultragpu-2g": machine("nvidia-a100-80gb", 2, "unsettled"),
  "a2-ultragpu-4g": machine("nvidia-a100-80gb", 4, "unsettled"),
  "a2-ultragpu-8g": machine("nvidia-a100-80gb", 8, "unsettled"),
  "a3-highgpu-1g": machine("nvidia-h100-80gb", 1, 2, PART_OF_A_HOST),
  "a3-highgpu-2g": machine("nvidia-h100-80gb", 2, 4, PART_OF_A_HOST),
  "a3-highgpu-4g": machine("nvidia-h100-80gb", 4, 8, PART_OF_A_HOST),
  "a3-highgpu-8g": machine("nvidia-h100-80gb", 8, 16),
  "a3-ultragpu-8g": machine("nvidia-h200-141gb", 8, 32, NOT_ON_DEMAND),
  // 12,000 GiB; in how many disks was not found.
  "a4-highgpu-8g": machine("nvidia-b200", 8, "unsettled", NOT_ON_DEMAND),
};
