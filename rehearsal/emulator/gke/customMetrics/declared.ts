import { declarationsOf, MetricDeclaration } from "../controllers/metricDeclarations";
import { isSelectorKey, maxMetrics } from "../controllers/metricPickup";
import { ClusterState } from "../world/world";

/**
 * Gauges that horizontal autoscaling may read from the pods of a cluster, by what both how-tos ask for: the profile, the
 * number of metrics and the label keys. Sources: GKE documentation, "Expose custom metrics for autoscaling" and "Autoscale
 * Pods by using custom or external metrics".
 */
export function autoscalingDeclarations(cluster: ClusterState): MetricDeclaration[] {
  const all = cluster.list("AutoscalingMetric").flatMap(declarationsOf);
  if (cluster.spec.hpaProfile !== "PERFORMANCE" || all.length > maxMetrics(cluster)) return [];
  return all.filter(
    ({ autoscaling, podLabels }) =>
      autoscaling && Object.keys(podLabels).every((key) => isSelectorKey(cluster, key)),
  );
}

/** What a HorizontalPodAutoscaler calls a gauge: `autoscaling.gke.io|<AutoscalingMetric>|<gauge>`. */
export function metricName({ owner, exportedName }: MetricDeclaration): string {
  return ["autoscaling.gke.io", owner.slice(owner.indexOf("/") + 1), exportedName].join("|");
}
