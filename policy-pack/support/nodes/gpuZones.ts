import type { Dated } from "../dated";
import type { Value } from "../frame/value";

export const GPU_ZONES_DATED: Dated = {
  title: "Zones with each GPU machine",
  source:
    "skypilot-org/skypilot-catalog, catalogs/v9/gcp/vms.csv (commit 2c3d7ea), which is asked of Google's API; " +
    "GoogleCloudPlatform/accelerated-platforms (9320f3b) for H100 in us-central1 and us-east4",
  asOf: "2026-08-20",
  goodForMonths: 3,
};

/**
 * Zones that are known to have GPU machines, by the beginning of their type: `us-east4:ac` are
 * us-east4-a and -c. What is not listed is unknown, not absent.
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
]);

/** Zones of a region, where it has more than three. */
const MORE_ZONES: ReadonlyMap<string, number> = new Map([["us-central1", 4]]);

/** Zones of a region that are known to have a machine type; undefined where none is known. */
export function gpuZonesOf(machineType: Value, region: string): readonly string[] | undefined {
  const type = machineType.text ?? "";
  const places = [...ZONES].find(([beginning]) => type.startsWith(beginning))?.[1] ?? "";
  const [, letters] =
    places
      .split(" ")
      .map(lettersOf)
      .find(([at]) => at === region) ?? [];
  return letters === undefined ? undefined : [...letters].map((letter) => `${region}-${letter}`);
}

function lettersOf(place: string): readonly [region: string, letters: string] {
  const [region = "", letters = ""] = place.split(":");
  return [region, letters];
}

/** How many zones a region has. */
export function zoneCountOf(region: string): number {
  return MORE_ZONES.get(region) ?? 3;
}
