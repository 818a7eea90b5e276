import { CHARTS_DATED } from "./chartVersions";
import type { Dated } from "./dated";
import { DEPLOYER_ROLES_DATED } from "./deployerRoles";
import { CHANNEL_DEFAULTS_DATED } from "./gkeVersion";
import { GPU_MACHINES_DATED } from "./gpuMachines";
import { GPU_QUOTAS_DATED } from "./gpuQuotas";
import { GPU_ZONES_DATED } from "./gpuZones";
import { METRICS_DATED } from "./metrics";
import { MODEL_MEMORY_DATED } from "./modelMemory";
import { MODEL_SERVERS_DATED } from "./modelServers";
import { NODE_DISK_DATED } from "./nodeDisk";
import { PICKER_PLUGINS_DATED } from "./pickerPlugins";
import { PRICES_DATED } from "./prices";
import { SYSTEM_POOL_DATED } from "./systemPool";
import { ZONES_DATED } from "./zones";

/** Every fact of the catalog that ages. */
export const facts: readonly Dated[] = [
  CHANNEL_DEFAULTS_DATED,
  CHARTS_DATED,
  DEPLOYER_ROLES_DATED,
  GPU_MACHINES_DATED,
  GPU_QUOTAS_DATED,
  GPU_ZONES_DATED,
  METRICS_DATED,
  MODEL_MEMORY_DATED,
  MODEL_SERVERS_DATED,
  NODE_DISK_DATED,
  PICKER_PLUGINS_DATED,
  PRICES_DATED,
  SYSTEM_POOL_DATED,
  ZONES_DATED,
];
