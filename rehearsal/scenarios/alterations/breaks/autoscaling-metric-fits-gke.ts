import type { Break } from "./break";

export const autoscalingMetricFitsGke: Break = {
  policy: "autoscaling-metric-fits-gke",
  at: {
    type: "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric",
    name: "gke-east-metric",
  },
  change: { duplicate: "gke-east-metric-again", set: { "metadata.name": "kv-cache-again" } },
  says: [
    {
      resource: "gke-east-metric-again",
      message:
        'spec.metrics[0].pod.containers[0].metrics[0].gauge.name: "kv-cache" is exported from these pods by ' +
        "gke-east-metric already; export it once, or by another name",
    },
  ],
};
