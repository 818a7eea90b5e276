import { gpuMachines } from "../../../catalog/gpuMachines";
import { gpuQuota } from "../../../catalog/gpuQuotas";
import { ZONES_OF_A_REGION } from "../../../catalog/networkEndpointGroups";
import { SYSTEM_POOL } from "../../../catalog/systemPool";
import { gpuPoolsOf, regionsOf } from "../../../config/derived";
import type { Accelerator, Settings } from "../../../config/schema";
import { CLUSTER, type Made, NETWORK, NETWORK_NAME } from "../target";

/** How much of a quota a stack takes. */
export interface Need {
  /** A region, or `global`. */
  place: string;
  metric: string;
  /** Family of GPUs; only for a metric with a limit for each family. */
  family?: string;
  /** What is to be made needs so much at once, and in the end at most. */
  least: number;
  most: number;
  /** The same of what the stack has made already; it is part of what is in use. */
  madeLeast: number;
  madeMost: number;
}

type Part = Pick<Need, "place" | "metric" | "family" | "least" | "most"> & { isMade: boolean };

/**
 * What a stack takes of each quota. CPUs are those of the system pools: the metrics of GPU machines' CPUs differ by family
 * and are seldom smaller than those of their GPUs.
 */
export function quotaNeeds(settings: Settings, made: Made): Need[] {
  const clusters = Object.entries(settings.clusters);
  const parts = [
    ...clusters.flatMap(([name, cluster]) =>
      clusterParts(cluster, settings, made.has(CLUSTER, name)),
    ),
    ...networkParts(settings, made),
  ];
  const sums = new Map<string, Need>();
  for (const { isMade, least, most, ...quota } of parts) {
    const key = [quota.place, quota.metric, quota.family].join();
    const sum = sums.get(key) ?? { ...quota, least: 0, most: 0, madeLeast: 0, madeMost: 0 };
    sums.set(
      key,
      isMade
        ? { ...sum, madeLeast: sum.madeLeast + least, madeMost: sum.madeMost + most }
        : { ...sum, least: sum.least + least, most: sum.most + most },
    );
  }
  return [...sums.values()].filter(({ most, madeMost }) => most + madeMost > 0);
}

function clusterParts(
  { region, zones, gpus }: Settings["clusters"][string],
  settings: Settings,
  isMade: boolean,
): Part[] {
  const nodes = zones?.length ?? ZONES_OF_A_REGION;
  const cpus = {
    least: nodes * SYSTEM_POOL.nodesPerZone * SYSTEM_POOL.cpus,
    most: nodes * SYSTEM_POOL.mostNodesPerZone * SYSTEM_POOL.cpus,
    isMade,
  };
  const pools = gpus ? Object.values(gpuPoolsOf(settings)) : [];
  return [
    ...pools.flatMap((pool) => gpuParts(region, pool, isMade)),
    { place: region, metric: "CPUS", ...cpus },
    { place: "global", metric: "CPUS_ALL_REGIONS", ...cpus },
  ];
}

/** The quota of a reservation's machines was taken when it was made. */
function gpuParts(place: string, pool: Accelerator, isMade: boolean): Part[] {
  const quota = quotaOf(pool);
  const each = gpuMachines[pool.machineType]?.gpusPerNode ?? 0;
  if (!quota) return [];
  const gpus = { least: pool.minNodes * each, most: pool.maxNodes * each, isMade };
  return [
    { place, ...quota, ...gpus },
    { place: "global", metric: "GPUS_ALL_REGIONS", ...gpus },
  ];
}

/** The quota of a pool's GPUs in its region; undefined if it takes none. */
export function quotaOf({ machineType, provisioning }: Accelerator) {
  const gpu = gpuMachines[machineType]?.gpu;
  if (gpu === undefined || provisioning === "reservation") return undefined;
  return gpuQuota(gpu, provisioning === "spot" || provisioning === "flex-start");
}

function networkParts({ clusters }: Settings, made: Made): Part[] {
  const isMade = made.has(NETWORK, NETWORK_NAME);
  const all = Object.entries(clusters);
  const regions = [...new Set(all.map(([, { region }]) => region))];
  const global = (metric: string, count: number): Part => ({
    ...{ place: "global", metric },
    ...{ least: count, most: count, isMade },
  });
  return [
    // The NAT in each region has one at least.
    ...regions.map((place) => ({ place, metric: "IN_USE_ADDRESSES", least: 1, most: 1, isMade })),
    global("NETWORKS", 1),
    global("SUBNETWORKS", all.length + regionsOf(clusters).length),
    global("ROUTERS", regions.length),
    global("FIREWALLS", 1),
  ];
}
