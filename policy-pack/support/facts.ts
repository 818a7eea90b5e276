import type { Dated } from "./dated";
import { CHANNEL_DEFAULTS_DATED } from "./fleet/gkeVersion";
import { GPU_ZONES_DATED } from "./nodes/gpuZones";
import { PRICES_DATED } from "./nodes/prices";
import { REGION_ZONES_DATED } from "./nodes/regionZones";
import { SPOT_ONLY_DATED } from "./nodes/spotOnly";
import { BLIND_RELEASES_DATED } from "./pods/blindReleases";

/** Every fact of the policies that ages. */
export const facts: readonly Dated[] = [
  BLIND_RELEASES_DATED,
  CHANNEL_DEFAULTS_DATED,
  GPU_ZONES_DATED,
  PRICES_DATED,
  REGION_ZONES_DATED,
  SPOT_ONLY_DATED,
];
