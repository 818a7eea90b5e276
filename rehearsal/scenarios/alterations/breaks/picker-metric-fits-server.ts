import type { Break } from "./break";

export const pickerMetricFitsServer: Break = {
  policy: "picker-metric-fits-server",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east-epp" },
  change: {
    set: "spec.template.spec.containers.0.args.13",
    to: "--kv-cache-usage-percentage-metric=vllm:kv_cache_usage_perc",
  },
  says: [
    {
      resource: "gke-east-epp",
      message:
        "spec.template.spec.containers[0].args[13]: an endpoint picker from v1.4.0 on ends at once where " +
        "--kv-cache-usage-percentage-metric is set; remove it; name another metric in engineConfigs of its " +
        "EndpointPickerConfig",
    },
  ],
};

export const pickerMetricOfAnotherServer: Break = {
  policy: "picker-metric-fits-server",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: {
    set: "spec.template.metadata.labels[inference.networking.k8s.io/engine-type]",
    to: "sglang",
  },
  says: [
    {
      resource: "gke-east",
      message:
        'spec.template.metadata.labels["inference.networking.k8s.io/engine-type"]: vLLM v0.18.1 does not report ' +
        'sglang:token_usage, which the endpoint picker gke-east-epp reads; set it to "vllm"',
    },
  ],
};
