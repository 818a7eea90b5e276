/** Name under which a cluster exports the use of the KV cache; its AutoscalingMetric has the same. */
export const EXPORTED_NAME = "kv-cache";

/** Prefix of exported names in the load balancer. */
export const METRIC_PREFIX = "gke.named_metrics.";

/** Name of an exported metric in the load balancer. */
export function namedMetric(exportedName = EXPORTED_NAME): string {
  return `${METRIC_PREFIX}${exportedName}`;
}

/**
 * The name of a gauge in horizontal autoscaling: its AutoscalingMetric, and its name there. Source: GKE documentation,
 * "Autoscale on custom metrics exposed by pods".
 */
export function podsMetric(exportedName = EXPORTED_NAME): string {
  return `autoscaling.gke.io|${EXPORTED_NAME}|${exportedName}`;
}
