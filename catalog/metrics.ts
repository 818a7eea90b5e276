import type { Dated } from "./dated";

export const METRICS_DATED: Dated = {
  title: "Names of metrics",
  source:
    "vLLM v0.18.1 (source archive on PyPI); kubernetes-sigs/gateway-api-inference-extension v1.4.0 and v1.5.0; Google's " +
    "list of metrics",
  asOf: "2026-11-30",
  goodForMonths: 6,
};

/** Who exports a metric: the model servers, the endpoint picker of each cluster, the load balancer. */
export type Exporter = "vllm" | "picker" | "loadBalancer";

/** A time series that dashboard and alerts read. */
export interface Metric {
  exporter: Exporter;
  /** A histogram's series are its buckets. */
  kind: "gauge" | "counter" | "histogram";
  /** What the exporter's own source calls it. */
  declared: string;
  /** Where it does. */
  source: string;
}

const vllm = (kind: Metric["kind"], declared: string): Metric => ({
  exporter: "vllm",
  kind,
  declared,
  source: "vllm/v1/metrics/loggers.py",
});

const picker = (kind: Metric["kind"], declared: string): Metric => ({
  exporter: "picker",
  kind,
  declared,
  source: "pkg/epp/metrics/metrics.go",
});

const loadBalancer = (kind: Metric["kind"], path: string): Metric => ({
  exporter: "loadBalancer",
  kind,
  declared: `loadbalancing.googleapis.com/https/internal/${path}`,
  source: "https://cloud.google.com/monitoring/api/metrics_gcp_i_o#gcp-loadbalancing",
});

/**
 * Every metric that dashboard and alerts read, by its name in PromQL. There, a counter of vLLM ends in `_total` (by the
 * Python client), a histogram in `_bucket`, and Google's own names have `:` for their first `/` and `_` for every other
 * mark. Source: "Mapping Cloud Monitoring metrics to PromQL".
 */
export const METRICS = {
  "vllm:kv_cache_usage_perc": vllm("gauge", "vllm:kv_cache_usage_perc"),
  "vllm:num_requests_running": vllm("gauge", "vllm:num_requests_running"),
  "vllm:num_requests_waiting": vllm("gauge", "vllm:num_requests_waiting"),
  "vllm:request_success_total": vllm("counter", "vllm:request_success"),
  "vllm:time_to_first_token_seconds_bucket": vllm("histogram", "vllm:time_to_first_token_seconds"),
  // Model servers whose metrics the picker has read lately.
  inference_pool_ready_pods: picker("gauge", "inference_pool_ready_pods"),
  inference_extension_flow_control_queue_size: picker(
    "gauge",
    "inference_extension_flow_control_queue_size",
  ),
  "loadbalancing_googleapis_com:https_internal_request_count": loadBalancer(
    "counter",
    "request_count",
  ),
  "loadbalancing_googleapis_com:https_internal_total_latencies_bucket": loadBalancer(
    "histogram",
    "total_latencies",
  ),
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;
