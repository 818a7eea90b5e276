import type { Dated } from "../frame";

export const REGION_ZONES_DATED: Dated = {
  title: "Zones of each region of Compute Engine",
  source: "https://cloud.google.com/compute/docs/regions-zones",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

/** Regions whose zones are a, b and c. */
const USUAL = [
  ...["africa-south1", "asia-east1", "asia-east2", "asia-northeast1", "asia-northeast2"],
  ...["asia-northeast3", "asia-south1", "asia-south2", "asia-southeast1", "asia-southeast2"],
  ...["australia-southeast1", "australia-southeast2", "europe-central2", "europe-north1"],
  ...["europe-north2", "europe-southwest1", "europe-west2", "europe-west3", "europe-west4"],
  ...["europe-west6", "europe-west8", "europe-west9", "europe-west10", "europe-west12"],
  ...["me-central1", "me-central2", "me-west1", "northamerica-northeast1"],
  ...["northamerica-northeast2", "northamerica-south1", "southamerica-east1"],
  ...["southamerica-west1", "us-east4", "us-east5", "us-south1", "us-west1", "us-west2"],
  ...["us-west3", "us-west4"],
];

const LETTERS: ReadonlyMap<string, string> = new Map([
  ...USUAL.map((region) => [region, "abc"] as const),
  ["europe-west1", "bcd"],
  ["us-central1", "abcf"],
  ["us-east1", "bcd"],
]);

/** Every region that is known here. */
export const knownRegions: readonly string[] = [...LETTERS.keys()];

/** `us-east4-a`; `us-south1-ai1b` is a zone for GPUs and TPUs alone, and in no list here. */
const ZONE = /^([a-z]+-[a-z]+\d+)-(?:[a-z]|ai\d+[a-z])$/;
const AI_ZONE = /-ai\d+[a-z]$/;

/** The region of a zone; undefined for a text that is not a zone. */
export function regionOfZone(zone: string): string | undefined {
  return ZONE.exec(zone)?.[1];
}

/** The zones of a region, without those for AI; undefined where the region is not known. */
export function zonesIn(region: string): readonly string[] | undefined {
  const letters = LETTERS.get(region);
  return letters === undefined ? undefined : [...letters].map((letter) => `${region}-${letter}`);
}

/** Whether a region is known, and has no such zone. */
export function isMissing(zone: string, region: string): boolean {
  return !AI_ZONE.test(zone) && zonesIn(region)?.includes(zone) === false;
}
