import type { Break } from "./break";

export const balancedMetricExported: Break = {
  policy: "balanced-metric-exported",
  at: {
    type: "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric",
    name: "gke-east-metric",
  },
  change: { set: "spec.metrics.0.pod.containers.0.metrics.0.gauge.name", to: "kv-cache-use" },
  says: [
    {
      resource: "cross-region-gateway-backend-policy",
      message:
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace inference of cluster gke-east exports " +
        "kv-cache; did you mean gke.named_metrics.kv-cache-use?",
    },
  ],
};
