import type { Dated } from "./dated";
import { CHANNEL_DEFAULTS_DATED } from "./gkeVersion";
import { GPU_MACHINES_DATED } from "./gpuMachines";
import { GPU_ZONES_DATED } from "./gpuZones";
import { NODE_DISK_DATED } from "./nodeDisk";
import { PRICES_DATED } from "./prices";
import { ZONES_DATED } from "./zones";

/** Every fact of the catalog that ages. */
export const facts: readonly Dated[] = [
  CHANNEL_DEFAULTS_DATED,
  GPU_MACHINES_DATED,
  GPU_ZONES_DATED,
  NODE_DISK_DATED,
  PRICES_DATED,
  ZONES_DATED,
];
