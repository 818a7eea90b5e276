import type { Region } from "../../../catalog/regions";
import { gpuPoolsOf, poolZones } from "../../../config/derived";
import type { Accelerator, Settings } from "../../../config/schema";

/** The zones of a GPU pool in one region. */
export interface PlacedPool {
  /** Its key in the stack file: `accelerator`, `fallbacks[0]`. */
  key: string;
  pool: Accelerator;
  region: Region;
  zones: string[];
}

/** GPU pools in each region that has a cluster with GPUs. */
export function placedPools(settings: Settings): PlacedPool[] {
  const serving = Object.values(settings.clusters).filter(({ gpus }) => gpus);
  const regions = [...new Set(serving.map(({ region }) => region))];
  return Object.values(gpuPoolsOf(settings)).flatMap((pool, i) =>
    regions.map((region) => ({ key: keyOf(i), pool, region, zones: poolZones(pool, region) })),
  );
}

function keyOf(index: number): string {
  return index === 0 ? "accelerator" : `fallbacks[${index - 1}]`;
}
