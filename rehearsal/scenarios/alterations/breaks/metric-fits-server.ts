import type { Break } from "./break";

export const metricFitsServer: Break = {
  policy: "metric-fits-server",
  at: {
    type: "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric",
    name: "gke-east-metric",
  },
  change: {
    set: "spec.metrics.0.pod.containers.0.metrics.0.gauge.prometheusMetricName",
    to: "vllm:gpu_cache_usage_perc",
  },
  says: [
    {
      resource: "gke-east-metric",
      message:
        "spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName: vLLM v0.18.1 of gke-east does not report " +
        '"vllm:gpu_cache_usage_perc"; write "vllm:kv_cache_usage_perc"',
    },
  ],
};

export const metricOfAnotherPort: Break = {
  policy: "metric-fits-server",
  at: metricFitsServer.at,
  change: { set: "spec.metrics.0.pod.containers.0.endpoint.port", to: 8080 },
  says: [
    {
      resource: "gke-east-metric",
      message:
        "spec.metrics[0].pod.containers[0].endpoint.port: 8080 is no port of gke-east; use one of its ports: 8000",
    },
  ],
};

export const metricOfAnotherPath: Break = {
  policy: "metric-fits-server",
  at: metricFitsServer.at,
  change: { set: "spec.metrics.0.pod.containers.0.endpoint.path", to: "/stats" },
  says: [
    {
      resource: "gke-east-metric",
      message:
        'spec.metrics[0].pod.containers[0].endpoint.path: vLLM v0.18.1 of gke-east has no metrics at "/stats"; write "/metrics"',
    },
  ],
};
