import type { Dated } from "./dated";
import type { Region } from "./regions";

export const ZONES_DATED: Dated = {
  title: "Zones of each region",
  source: "https://cloud.google.com/compute/docs/regions-zones",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

/** Regions whose zones are not a, b and c. AI zones, such as us-south1-ai1b, are not among the zones of this program. */
const LETTERS: Partial<Record<Region, string>> = {
  "europe-west1": "bcd",
  "us-central1": "abcf",
  "us-east1": "bcd",
};

export function zonesOf(region: Region): string[] {
  return [...(LETTERS[region] ?? "abc")].map((letter) => `${region}-${letter}`);
}
