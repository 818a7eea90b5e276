import { CHANNEL_DEFAULTS_DATED } from "./clusters/gkeVersion";
import type { Dated } from "./frame";
import { ROUTE_FIELDS_DATED } from "./network/routeFields";
import { BOOT_DISK_DATED } from "./nodes/bootDisk";
import { GPU_MACHINES_DATED } from "./nodes/gpuMachine";
import { GPU_ZONES_DATED } from "./nodes/gpuZones";
import { PRICES_DATED } from "./nodes/prices";
import { REGION_ZONES_DATED } from "./nodes/regionZones";
import { SPOT_ONLY_DATED } from "./nodes/spotOnly";
import { CHART_VALUES_DATED } from "./picker/chartValues";
import { KNOWN_FLAGS_DATED } from "./picker/knownFlags";
import { PICKER_RELEASES_DATED } from "./picker/pickerReleases";
import { BLIND_RELEASES_DATED } from "./pods/blindReleases";
import { KV_GAUGE_DATED } from "./pods/kvGauge";
import { VOLUME_DRIVERS_DATED } from "./pods/volumeDrivers";

/** Every fact of the policies that ages. */
export const facts: readonly Dated[] = [
  BLIND_RELEASES_DATED,
  BOOT_DISK_DATED,
  CHANNEL_DEFAULTS_DATED,
  CHART_VALUES_DATED,
  GPU_MACHINES_DATED,
  GPU_ZONES_DATED,
  KNOWN_FLAGS_DATED,
  KV_GAUGE_DATED,
  PICKER_RELEASES_DATED,
  PRICES_DATED,
  REGION_ZONES_DATED,
  ROUTE_FIELDS_DATED,
  SPOT_ONLY_DATED,
  VOLUME_DRIVERS_DATED,
];
