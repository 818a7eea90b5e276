import { defaultMaintenanceDays, type Weekday } from "../catalog/maintenance";
import type { Region } from "../catalog/regions";

import type { Accelerator, Model, Settings } from "./schema";

/** Regions that serve the model, each once: there the gateway has its addresses. */
export function regionsOf(clusters: Settings["clusters"]): Region[] {
  const serving = Object.values(clusters).filter(({ gpus }) => gpus);
  return [...new Set(serving.map(({ region }) => region))];
}

/** GPU pools of each cluster by name, the preferred one first. */
export function gpuPoolsOf({
  accelerator,
  fallbacks,
}: Pick<Settings, "accelerator" | "fallbacks">): Record<string, Accelerator> {
  const more = fallbacks.map((pool, i) => [`fallback-${i + 1}`, pool] as const);
  return Object.fromEntries([["gpu", accelerator], ...more]);
}

/** Twice the P99 latency; 600 s where that is less, because latency is known of successful answers only. */
export function timeoutOf({
  timeoutSeconds,
  p99LatencySeconds,
}: Pick<Settings, "timeoutSeconds" | "p99LatencySeconds">): number {
  return timeoutSeconds ?? Math.max(600, Math.ceil(2 * p99LatencySeconds));
}

/** What one cluster serves: the model of the stack, and what its own entry changes of it. */
export function modelOf(cluster: Settings["clusters"][string], model: Model): Model {
  return { ...model, ...cluster.model };
}

export function maintenanceDaysOf(cluster: Settings["clusters"][string]): Weekday[] {
  return cluster.maintenanceDays ?? defaultMaintenanceDays(cluster.region, cluster.block);
}
