import { Dated } from "../../dated";
import {
  BUILT_IN_GPUS,
  Gpus,
  Machine,
  machineFamily,
  machineType,
} from "../../gke/nodes/machineTypes";
import { regionOf } from "../names";
import { zonesOf } from "./regions";

export const OFFERED_MACHINES_DATED: Dated = {
  title: "Zones with each GPU machine, and how it is sold",
  source:
    "skypilot-org/skypilot-catalog, catalogs/v9/gcp/vms.csv at 2c3d7ea; Cyclenerd/google-cloud-pricing-cost-calculator at dac3128; GoogleCloudPlatform/accelerated-platforms at 9320f3b",
  asOf: "2026-08-20",
  goodForMonths: 3,
};

/** How Google sells a machine: what its provisioning model and its reservation come to. */
export type Sale = "on-demand" | "spot" | "flex-start" | "reservation";

/**
 * Zones that have a GPU machine, by the beginning of its name: presence of the type, not stock or
 * quota. `us-east4:ac` are us-east4-a and -c; of a region without letters no list tells the zones,
 * so all are taken to have it. Machines without built-in GPUs are offered everywhere here; Google
 * leaves some out of some zones.
 *
 * Regions: Cyclenerd/google-cloud-pricing-cost-calculator, tools/machinetyperegion.csv (commit
 * dac3128, 2026-08-20). Zones: skypilot-org/skypilot-catalog, catalogs/v9/gcp/vms.csv (commit
 * 2c3d7ea, of 2026-08 or later), which is asked of Google's API. H100s are in fewer zones of
 * us-central1 and us-east4 than it says: those of Google's own pools for these regions
 * (GoogleCloudPlatform/accelerated-platforms at 9320f3b, container_node_pool/gpu/region).
 */
const ZONES: Record<string, string> = {
  "g2-":
    "asia-east1:abc asia-northeast1:abc asia-northeast3:ab asia-south1:abc asia-southeast1:abc " +
    "europe-west1:bc europe-west2:ab europe-west3:ab europe-west4:abc europe-west6:bc " +
    "me-central2:ac northamerica-northeast1:bc northamerica-northeast2:ab us-central1:abc " +
    "us-east1:bcd us-east4:ac us-west1:abc us-west4:ac",
  "g4-":
    "asia-east1:ab asia-south1:c asia-south2:ac asia-southeast1:abc asia-southeast2:bc " +
    "europe-north1:abc europe-west1:c europe-west10 europe-west2:bc europe-west4:abc " +
    "europe-west8:b me-central2:a us-central1:bf us-east1:bd us-east4:bc us-east5:abc " +
    "us-south1:ab us-west1:abc us-west3:a us-west4:ac",
  "a2-highgpu-":
    "asia-northeast1:ac asia-northeast3:ab asia-southeast1:abc europe-west4:ab me-west1:ac " +
    "us-central1:abcf us-east1:b us-west1:b us-west3:b us-west4:b",
  "a2-megagpu-": "asia-southeast1:ac europe-west4:ab us-central1:abcf",
  "a2-ultragpu-": "asia-southeast1:c europe-west4:a us-central1:ac us-east4:c us-east5:ab",
  "a3-highgpu-":
    "asia-east1:c asia-northeast1:b asia-northeast3 asia-south1:c asia-south2:b " +
    "asia-southeast1:bc australia-southeast1:c australia-southeast2 europe-north1:c " +
    "europe-west1:bc europe-west3:c europe-west4:bc europe-west9:c us-central1:ac us-east4:ac " +
    "us-east5:a us-west1:ab us-west4:a",
  "a3-megagpu-":
    "asia-east1:c asia-northeast1:b asia-southeast1:bc australia-southeast1:c europe-north1:c " +
    "europe-west1:bc europe-west3:c europe-west4:bc us-central1:abc us-east4:abc us-east5:a " +
    "us-west1:ab us-west4:a",
  "a3-ultragpu-":
    "asia-south1:b asia-south2:c europe-west1:b europe-west4:a us-central1:b us-east4:b " +
    "us-east5:a us-south1:b us-west1:c",
  "a4-highgpu-":
    "asia-northeast1:b asia-southeast1:b europe-north1:bc europe-west1 europe-west4:b " +
    "us-central1:b us-east1:b us-east4:b us-south1:b us-west2:c us-west3:bc",
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

const PLACES = Object.entries(ZONES).map(([prefix, places]) => ({
  prefix,
  lettersOf: new Map(places.split(" ").map(regionAndLetters)),
}));

export function isOfferedIn(name: string, zone: string): boolean {
  const region = regionOf(zone);
  if (machineType(name) === undefined || !zonesOf(region).includes(zone)) return false;
  const places = PLACES.find(({ prefix }) => name.startsWith(prefix));
  if (!places) return true;
  const letters = places.lettersOf.get(region);
  return letters === "" || (letters?.includes(zone.slice(-1)) ?? false);
}

/** `us-east4:ac` -> `["us-east4", "ac"]` */
function regionAndLetters(place: string): [region: string, letters: string] {
  const [region = "", letters = ""] = place.split(":");
  return [region, letters];
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
