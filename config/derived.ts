import { knownZones } from "../catalog/gpuZones";
import { defaultMaintenanceDays, type Weekday } from "../catalog/maintenance";
import { negCount, type NegSource } from "../catalog/networkEndpointGroups";
import type { Region } from "../catalog/regions";
import { zonesOf } from "../catalog/zones";

import type { Accelerator, Model, Settings } from "./schema";

/** Regions that serve the model, each once: there the gateway has its addresses. */
export function regionsOf(clusters: Settings["clusters"]): Region[] {
  const serving = Object.values(clusters).filter(({ gpus }) => gpus);
  return [...new Set(serving.map(({ region }) => region))];
}

/** Regions that get no requests: those that are drained, also by a scope without capacity. */
export function closedRegions({ drained, scopes }: Pick<Settings, "drained" | "scopes">): Region[] {
  const empty = scopes.filter(({ capacityPercent }) => capacityPercent === 0);
  return [...drained, ...empty.map(({ region }) => region)];
}

/** GPU pools of each cluster by name, the preferred one first. */
export function gpuPoolsOf({
  accelerator,
  fallbacks,
}: Pick<Settings, "accelerator" | "fallbacks">): Record<string, Accelerator> {
  const more = fallbacks.map((pool, i) => [`fallback-${i + 1}`, pool] as const);
  return Object.fromEntries([["gpu", accelerator], ...more]);
}

/** Zones of a pool's nodes in a region: those that the stack names there, else those that are known to have the GPU. */
export function poolZones({ machineType, zones }: Accelerator, region: Region): string[] {
  const named = zones.filter((zone) => zonesOf(region).includes(zone));
  return named.length > 0 ? named : knownZones(machineType, region);
}

/** Network endpoint groups of the gateway's backend service. */
export function negCountOf({
  clusters,
  accelerator,
  fallbacks,
}: Pick<Settings, "clusters" | "accelerator" | "fallbacks">): number {
  const all = Object.values(gpuPoolsOf({ accelerator, fallbacks }));
  const sources = Object.entries(clusters).map(([name, cluster]): [string, NegSource] => {
    const { region, zones, gpus } = cluster;
    const gpuZones = gpus ? all.flatMap((pool) => poolZones(pool, region)) : [];
    return [name, { region, zones, gpus, gpuZones: [...new Set(gpuZones)] }];
  });
  return negCount(Object.fromEntries(sources));
}

/** Twice the P99 latency; 600 s where that is less, because latency is known of successful answers only. */
export function timeoutOf({
  timeoutSeconds,
  p99LatencySeconds,
}: Pick<Settings, "timeoutSeconds" | "p99LatencySeconds">): number {
  return timeoutSeconds ?? Math.max(600, Math.ceil(2 * p99LatencySeconds));
}

/** Priority of each objective by its name. */
export function prioritiesOf(objectives: Settings["objectives"]): Record<string, number> {
  return Object.fromEntries(objectives.map(({ name, priority }) => [name, priority]));
}

/** The model of one cluster: the stack's, with the changes of the cluster's own entry. */
export function modelOf(cluster: Settings["clusters"][string], model: Model): Model {
  return { ...model, ...cluster.model };
}

export function maintenanceDaysOf(cluster: Settings["clusters"][string]): Weekday[] {
  return cluster.maintenanceDays ?? defaultMaintenanceDays(cluster.region, cluster.block);
}

/** The error for a name that is not a key of `clusters`. */
export function unknownCluster(name: string, clusters: Record<string, unknown>): Error {
  return new Error(`unknown cluster "${name}"; configured: ${Object.keys(clusters).join(", ")}`);
}
