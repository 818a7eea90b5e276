import type { ObjectMeta } from "./objectMeta";

/**
 * Gauges of pods that GKE hands to the load balancer and to horizontal autoscaling. The kind has two shapes that do not
 * fit each other; the GKE version decides which one a cluster takes. Both need the HPA profile PERFORMANCE.
 */
export type AutoscalingMetric = EndpointsAutoscalingMetric | PodAutoscalingMetric;

interface AutoscalingMetricHeader {
  apiVersion: "autoscaling.gke.io/v1beta1";
  kind: "AutoscalingMetric";
  /** Its name is the middle of what horizontal autoscaling asks for: `autoscaling.gke.io|<name>|<gauge>`. */
  metadata: ObjectMeta;
}

/** Label keys of letters, digits, `-` and `_` only; others select from GKE 1.37 on. */
export interface PodSelector {
  matchLabels: Record<string, string>;
}

/** Shape A: GKE 1.34.1-gke.1127000 and newer, at most 10 metrics a cluster, for the load balancer only. */
export interface EndpointsAutoscalingMetric extends AutoscalingMetricHeader {
  spec: {
    selector: PodSelector;
    endpoints: {
      port: number;
      path: string;
      metrics: {
        /** As the pod reports it. */
        name: string;
        /** Its name in the load balancer, after `gke.named_metrics.`: 63 characters in all. */
        exportName: string;
      }[];
    }[];
  };
}

/** Shape B: GKE 1.35.1-gke.1396000 and newer, at most 20 metrics a cluster. */
export interface PodAutoscalingMetric extends AutoscalingMetricHeader {
  spec: {
    metrics: {
      pod: {
        selector: PodSelector;
        containers: {
          endpoint: { port: number; path: string };
          metrics: {
            gauge: {
              /** Its name in the load balancer, after `gke.named_metrics.`, and in the autoscaler, after `|`. */
              name: string;
              /** As the pod reports it. */
              prometheusMetricName: string;
              /** If it is left out or false, only horizontal autoscaling gets it. */
              loadBalancing: { enabled: boolean };
            };
          }[];
        }[];
      };
    }[];
  };
}
