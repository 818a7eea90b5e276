import type { Dated } from "../frame";

import type { NodeGroup } from "./nodeGroup";

export const GPU_ZONES_DATED: Dated = {
  title: "Zones with each GPU machine",
  source:
    "skypilot-org/skypilot-catalog, catalogs/v9/gcp/vms.csv (commit 2c3d7ea), which is asked of Google's API; " +
    "GoogleCloudPlatform/accelerated-platforms (9320f3b) for H100 in us-central1 and us-east4; " +
    "Cyclenerd/google-cloud-pricing-cost-calculator, acceleratortypezone.csv (dac3128) for GPUs of N1",
  asOf: "2026-08-20",
  goodForMonths: 3,
};

/**
 * Zones that are known to have a GPU machine, by the beginning of its type, or a GPU for machines
 * of N1, by the beginning of its name. `us-east4:ac` are us-east4-a and -c. A zone that is not
 * listed is unknown, not excluded.
 */
const ZONES: ReadonlyMap<string, string> = new Map([
  [
    "g2-",
    "asia-east1:abc asia-northeast1:abc asia-northeast3:ab asia-south1:abc asia-southeast1:abc " +
      "europe-west1:bc europe-west2:ab europe-west3:ab europe-west4:abc europe-west6:bc " +
      "me-central2:ac northamerica-northeast1:bc northamerica-northeast2:ab us-central1:abc " +
      "us-east1:bcd us-east4:ac us-west1:abc us-west4:ac",
  ],
  [
    "g4-",
    "asia-east1:ab asia-south1:c asia-south2:ac asia-southeast1:abc asia-southeast2:bc " +
      "europe-north1:abc europe-west1:c europe-west2:bc europe-west4:abc europe-west8:b " +
      "me-central2:a us-central1:bf us-east1:bd us-east4:bc us-east5:abc us-south1:ab " +
      "us-west1:abc us-west3:a us-west4:ac",
  ],
  [
    "a2-highgpu-",
    "asia-northeast1:ac asia-northeast3:ab asia-southeast1:abc europe-west4:ab me-west1:ac " +
      "us-central1:abcf us-east1:b us-west1:b us-west3:b us-west4:b",
  ],
  ["a2-ultragpu-", "asia-southeast1:c europe-west4:a us-central1:ac us-east4:c us-east5:ab"],
  [
    "a3-highgpu-",
    "asia-east1:c asia-northeast1:b asia-south1:c asia-south2:b asia-southeast1:bc " +
      "australia-southeast1:c europe-north1:c europe-west1:bc europe-west3:c europe-west4:bc " +
      "europe-west9:c us-central1:ac us-east4:ac us-east5:a us-west1:ab us-west4:a",
  ],
  [
    "a3-ultragpu-",
    "asia-south1:b asia-south2:c europe-west1:b europe-west4:a us-central1:b us-east4:b " +
      "us-east5:a us-south1:b us-west1:c",
  ],
  [
    "a4-highgpu-",
    "asia-northeast1:b asia-southeast1:b europe-north1:bc europe-west4:b us-central1:b us-east1:b " +
      "us-east4:b us-south1:b us-west2:c us-west3:bc",
  ],
  [
    "nvidia-tesla-p100",
    "asia-east1:ac australia-southeast1:c europe-west1:bd europe-west4:a us-central1:cf " +
      "us-east1:bc us-west1:ab",
  ],
  [
    "nvidia-tesla-p4",
    "asia-southeast1:bc australia-southeast1:ab europe-west4:bc northamerica-northeast1:abc " +
      "us-central1:ac us-east4:abc us-west2:bc",
  ],
  [
    "nvidia-tesla-t4",
    "asia-east1:ac asia-east2:ac asia-northeast1:ac asia-northeast3:bc asia-south1:abc " +
      "asia-southeast1:abc asia-southeast2:ab australia-southeast1:ac europe-central2:bc " +
      "europe-west1:bcd europe-west2:ab europe-west3:b europe-west4:abc me-west1:bc " +
      "northamerica-northeast1:c southamerica-east1:ac us-central1:abcf us-east1:cd us-east4:abc " +
      "us-west1:ab us-west2:bc us-west3:b us-west4:ab",
  ],
  ["nvidia-tesla-v100", "asia-east1:c europe-west4:abc us-central1:abcf us-east1:c us-west1:ab"],
]);

/**
 * Name under which a group's GPUs are sold: its machine type, or the GPU that is added to its
 * machines.
 */
export function soldAs({ machineType, config }: NodeGroup): string | undefined {
  const accelerators = config.at("guestAccelerators").items ?? [];
  const names = [machineType, ...accelerators.map((each) => each.at("type"))];
  return names.map(({ text }) => text).find((name) => name !== undefined && placesOf(name));
}

/** Zones of a region that are known to have these GPUs; undefined if none is known. */
export function gpuZonesOf(name: string, region: string): readonly string[] | undefined {
  const [, letters] =
    placesOf(name)
      ?.split(" ")
      .map(lettersOf)
      .find(([at]) => at === region) ?? [];
  return letters === undefined ? undefined : [...letters].map((letter) => `${region}-${letter}`);
}

function placesOf(name: string): string | undefined {
  return [...ZONES].find(([beginning]) => name.startsWith(beginning))?.[1];
}

function lettersOf(place: string): readonly [region: string, letters: string] {
  const [region = "", letters = ""] = place.split(":");
  return [region, letters];
}
