import type { Provisioning } from "./provisioning";

/**
 * GPU machine types: what is in them, how they are sold and where they exist (type, not stock or quota).
 * Source: Google Cloud's public machine types by region, as listed on 2026-08-20; "GPU machine types" and "Consumption
 * options" of its documentation, 2026-08. Add a row to allow a type.
 */
export interface GpuMachine {
  /** Accelerator type, as GKE names it. */
  gpu: string;
  gpusPerNode: number;
  soldAs: readonly Provisioning[];
  regions: readonly string[];
}

const L4_REGIONS =
  "asia-east1 asia-northeast1 asia-northeast3 asia-south1 asia-southeast1 europe-west1 europe-west2 europe-west3 " +
  "europe-west4 europe-west6 me-central2 northamerica-northeast1 northamerica-northeast2 us-central1 us-east1 us-east4 " +
  "us-west1 us-west4";
const A100_40_REGIONS =
  "asia-northeast1 asia-northeast3 asia-southeast1 europe-west4 me-west1 us-central1 us-east1 us-west1 us-west3 us-west4";
const A100_80_REGIONS = "asia-southeast1 europe-west4 us-central1 us-east4 us-east5";
const H100_REGIONS =
  "asia-east1 asia-northeast1 asia-northeast3 asia-south1 asia-south2 asia-southeast1 australia-southeast1 " +
  "australia-southeast2 europe-north1 europe-west1 europe-west3 europe-west4 europe-west9 us-central1 us-east4 us-east5 " +
  "us-west1 us-west4";
const H200_REGIONS =
  "asia-south1 asia-south2 europe-west1 europe-west4 us-central1 us-east4 us-east5 us-south1 us-west1";

const ANY_WAY = ["on-demand", "spot", "flex-start", "reservation"] as const;
const PART_OF_A_HOST = ["spot", "flex-start"] as const;
const NOT_ON_DEMAND = ["spot", "flex-start", "reservation"] as const;

function machine(
  gpu: string,
  gpusPerNode: number,
  regions: string,
  soldAs: readonly Provisioning[] = ANY_WAY,
): GpuMachine {
  return { gpu, gpusPerNode, soldAs, regions: regions.split(" ") };
}

export const gpuMachines: Readonly<Record<string, GpuMachine>> = {
  "g2-standard-4": machine("nvidia-l4", 1, L4_REGIONS),
  "g2-standard-8": machine("nvidia-l4", 1, L4_REGIONS),
  "g2-standard-12": machine("nvidia-l4", 1, L4_REGIONS),
  "g2-standard-16": machine("nvidia-l4", 1, L4_REGIONS),
  "g2-standard-24": machine("nvidia-l4", 2, L4_REGIONS),
  "g2-standard-32": machine("nvidia-l4", 1, L4_REGIONS),
  "g2-standard-48": machine("nvidia-l4", 4, L4_REGIONS),
  "g2-standard-96": machine("nvidia-l4", 8, L4_REGIONS),
  "a2-highgpu-1g": machine("nvidia-tesla-a100", 1, A100_40_REGIONS),
  "a2-highgpu-2g": machine("nvidia-tesla-a100", 2, A100_40_REGIONS),
  "a2-highgpu-4g": machine("nvidia-tesla-a100", 4, A100_40_REGIONS),
  "a2-highgpu-8g": machine("nvidia-tesla-a100", 8, A100_40_REGIONS),
  "a2-ultragpu-1g": machine("nvidia-a100-80gb", 1, A100_80_REGIONS),
  "a2-ultragpu-2g": machine("nvidia-a100-80gb", 2, A100_80_REGIONS),
  "a2-ultragpu-4g": machine("nvidia-a100-80gb", 4, A100_80_REGIONS),
  "a2-ultragpu-8g": machine("nvidia-a100-80gb", 8, A100_80_REGIONS),
  "a3-highgpu-1g": machine("nvidia-h100-80gb", 1, H100_REGIONS, PART_OF_A_HOST),
  "a3-highgpu-2g": machine("nvidia-h100-80gb", 2, H100_REGIONS, PART_OF_A_HOST),
  "a3-highgpu-4g": machine("nvidia-h100-80gb", 4, H100_REGIONS, PART_OF_A_HOST),
  "a3-highgpu-8g": machine("nvidia-h100-80gb", 8, H100_REGIONS),
  "a3-ultragpu-8g": machine("nvidia-h200-141gb", 8, H200_REGIONS, NOT_ON_DEMAND),
};

/**
 * Whether Google sells a machine type in this way.
 * @returns words that follow on "allowed: "; undefined where it does, or where the type is not in the table
 */
export function provisioningProblem(
  machineType: string,
  provisioning: Provisioning,
): string | undefined {
  const soldAs = gpuMachines[machineType]?.soldAs;
  if (!soldAs || soldAs.includes(provisioning)) return undefined;
  return `${soldAs.join(" or ")}: ${machineType} is sold no other way`;
}
