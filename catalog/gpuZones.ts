import type { Dated } from "./dated";
import { gpuMachines } from "./gpuMachines";
import { type Region, regions } from "./regions";

export const GPU_ZONES_DATED: Dated = {
  title: "Zones with each GPU",
  source:
    "https://github.com/skypilot-org/skypilot-catalog, catalogs/v9/gcp/vms.csv at 2c3d7ea, which is asked of Google's API",
  asOf: "2026-08-20",
  goodForMonths: 3,
};

/**
 * Zones that have a GPU: presence, not stock or quota. What is not listed is unknown, not absent. `us-east4:ac` are
 * us-east4-a and -c; a region without letters is known to have the GPU, but not in which zones.
 *
 * If two lists differ, only the zones in both are listed here: H100 in us-central1 and us-east4 (Google's own pools for
 * these regions, GoogleCloudPlatform/accelerated-platforms at 9320f3b), A100 in asia-southeast1, me-west1 and us-east5
 * (Cyclenerd/google-cloud-pricing-cost-calculator at dac3128, whose L4 zones are of 2023 and left aside). `gcloud
 * compute accelerator-types list` settles any of them. Regions: Cyclenerd's list at dac3128, too.
 */
const ZONES: Readonly<Record<string, string>> = {
  "nvidia-l4":
    "asia-east1:abc asia-northeast1:abc asia-northeast3:ab asia-south1:abc asia-southeast1:abc europe-west1:bc " +
    "europe-west2:ab europe-west3:ab europe-west4:abc europe-west6:bc me-central2:ac northamerica-northeast1:bc " +
    "northamerica-northeast2:ab us-central1:abc us-east1:bcd us-east4:ac us-west1:abc us-west4:ac",
  "nvidia-tesla-a100":
    "asia-northeast1:ac asia-northeast3:ab asia-southeast1:bc europe-west4:ab me-west1:c us-central1:abcf us-east1:b " +
    "us-west1:b us-west3:b us-west4:b",
  "nvidia-a100-80gb": "asia-southeast1:c europe-west4:a us-central1:ac us-east4:c us-east5:b",
  "nvidia-h100-80gb":
    "asia-east1:c asia-northeast1:b asia-northeast3 asia-south1:c asia-south2:b asia-southeast1:bc " +
    "australia-southeast1:c australia-southeast2 europe-north1:c europe-west1:bc europe-west3:c europe-west4:bc europe-west9:c us-central1:ac us-east4:ac " +
    "us-east5:a us-west1:ab us-west4:a",
  "nvidia-h200-141gb":
    "asia-south1:b asia-south2:c europe-west1:b europe-west4:a us-central1:b us-east4:b us-east5:a us-south1:b " +
    "us-west1:c",
  "nvidia-b200":
    "asia-northeast1:b asia-southeast1:b europe-north1:bc europe-west1 europe-west4:b us-central1:b us-east1:b us-east4:b " +
    "us-south1:b us-west2:c us-west3:bc",
  "nvidia-rtx-pro-6000":
    "asia-east1:ab asia-south1:c asia-south2:ac asia-southeast1:abc asia-southeast2:bc europe-north1:abc " +
    "europe-west1:c europe-west10 europe-west2:bc europe-west4:abc europe-west8:b me-central2:a us-central1:bf us-east1:bd " +
    "us-east4:bc us-east5:abc us-south1:ab us-west1:abc us-west3:a us-west4:ac",
};

/** Zones of a region that are known to have a machine type; empty if no zone is known. */
export function knownZones(machineType: string, region: Region): string[] {
  const [, letters = ""] = placesOf(machineType).find(([at]) => at === region) ?? [];
  return [...letters].map((letter) => `${region}-${letter}`);
}

/** Regions that are known to have a machine type. */
export function knownRegions(machineType: string): Region[] {
  const named = placesOf(machineType).map(([region]) => region);
  return regions.filter((region) => named.includes(region));
}

function placesOf(machineType: string): string[][] {
  const places = ZONES[gpuMachines[machineType]?.gpu ?? ""] ?? "";
  return places.split(" ").map((place) => place.split(":"));
}
