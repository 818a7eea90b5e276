import { Dated } from "../../dated";

export const REGIONS_DATED: Dated = {
  title: "Regions and the letters of their zones",
  source:
    "https://cloud.google.com/compute/docs/regions-zones; skypilot-org/skypilot-catalog, catalogs/v8/gcp/vms.csv at 006059e",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

/**
 * Regions of Compute Engine and the letters of their zones. AI zones, such as us-south1-ai1b, are
 * left out. Google's page, compared with the zones of n2 machines in the catalog.
 */
const ZONE_LETTERS: Record<string, string> = {
  "africa-south1": "abc",
  "asia-east1": "abc",
  "asia-east2": "abc",
  "asia-northeast1": "abc",
  "asia-northeast2": "abc",
  "asia-northeast3": "abc",
  "asia-south1": "abc",
  "asia-south2": "abc",
  "asia-southeast1": "abc",
  "asia-southeast2": "abc",
  "australia-southeast1": "abc",
  "australia-southeast2": "abc",
  "europe-central2": "abc",
  "europe-north1": "abc",
  "europe-north2": "abc",
  "europe-southwest1": "abc",
  "europe-west1": "bcd",
  "europe-west2": "abc",
  "europe-west3": "abc",
  "europe-west4": "abc",
  "europe-west6": "abc",
  "europe-west8": "abc",
  "europe-west9": "abc",
  "europe-west10": "abc",
  "europe-west12": "abc",
  "me-central1": "abc",
  "me-central2": "abc",
  "me-west1": "abc",
  "northamerica-northeast1": "abc",
  "northamerica-northeast2": "abc",
  "northamerica-south1": "abc",
  "southamerica-east1": "abc",
  "southamerica-west1": "abc",
  "us-central1": "abcf",
  "us-east1": "bcd",
  "us-east4": "abc",
  "us-east5": "abc",
  "us-south1": "abc",
  "us-west1": "abc",
  "us-west2": "abc",
  "us-west3": "abc",
  "us-west4": "abc",
};

export const REGIONS = Object.keys(ZONE_LETTERS);

/** Zone names of a region, sorted; empty where there is no such region. */
export function zonesOf(region: string): string[] {
  return [...(ZONE_LETTERS[region] ?? "")].map((letter) => `${region}-${letter}`);
}
