import type { Region } from "./regions";
import { zonesOf } from "./zones";

/** Network endpoint groups that Google Cloud takes behind one backend service. */
export const MAX_NEGS = 50;
/**
 * Number of zones that GKE chooses for the nodes of a regional cluster that names none, even if the region has four.
 */
export const ZONES_OF_A_REGION = 3;

/** The part of a cluster that decides how many groups it brings. */
export interface NegSource {
  region: Region;
  /** Zones of its nodes without GPUs. @default GKE's choice of three */
  zones?: string[];
  /** Zones of its nodes with GPUs. */
  gpuZones: string[];
  /** Whether it serves the model: a config cluster without GPUs exports no pool. @default true */
  gpus?: boolean;
}

/**
 * Network endpoint groups of the gateway's backend service at most: one for each port of the pool, in each zone with
 * nodes (of any pool) of each cluster that exports it. Pools of eight ports in three zones are 24, so that two clusters
 * are as many as fit.
 * @param ports of the pool, 1 to 8
 */
export function negCount(clusters: Record<string, NegSource>, ports = 1): number {
  const zones = Object.values(clusters)
    .filter(({ gpus = true }) => gpus)
    .map(zoneCount);
  return ports * zones.reduce((sum, count) => sum + count, 0);
}

/** It is unknown which three of a region's four zones GKE chooses: GPUs may be in the fourth. */
function zoneCount({ region, zones, gpuZones }: NegSource): number {
  if (zones) return new Set([...zones, ...gpuZones]).size;
  return Math.min(zonesOf(region).length, ZONES_OF_A_REGION + gpuZones.length);
}
