import type { ObjectMeta } from "./objectMeta";

/**
 * A gauge of pods that GKE hands to the load balancer and to horizontal autoscaling. The kind has two shapes that do
 * not fit each other; the GKE version decides which one a cluster takes. Both need the HPA profile PERFORMANCE.
 */
export type AutoscalingMetric = EndpointsAutoscalingMetric | PodAutoscalingMetric;

interface AutoscalingMetricHeader {
  apiVersion: "autoscaling.gke.io/v1beta1";
  kind: "AutoscalingMetric";
  metadata: ObjectMeta;
}

/** Shape A: GKE 1.34.1-gke.1127000 and newer, at most 10 metrics a cluster. */
export interface EndpointsAutoscalingMetric extends AutoscalingMetricHeader {
  spec: {
    /** Label keys of letters, digits, `-` and `_` only. */
    selector: { matchLabels: Record<string, string> };
    endpoints: { port: number; path: string; metrics: { name: string; exportName: string }[] }[];
  };
}

/** Shape B: GKE 1.35.1-gke.1396000 and newer, at most 20 metrics a cluster. */
export interface PodAutoscalingMetric extends AutoscalingMetricHeader {
  spec: {
    metrics: {
      pod: {
        selector: { matchLabels: Record<string, string> };
        containers: {
          endpoint: { port: number; path: string };
          metrics: {
            gauge: {
              name: string;
              prometheusMetricName: string;
              loadBalancing: { enabled: boolean };
            };
          }[];
        }[];
      };
    }[];
  };
}
