import { alter, at } from "../alter";

alter("kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric::gke-east-metric", ({ props }) => {
  const { selector, endpoints } = at<{
    selector: object;
    endpoints: { port: number; path: string }[];
  }>(props, "spec");
  const gauge = {
    name: "kv-cache",
    prometheusMetricName: "vllm:kv_cache_usage_perc",
    loadBalancing: { enabled: true },
  };
  const containers = endpoints.map(({ port, path }) => ({
    endpoint: { port, path },
    metrics: [{ gauge }],
  }));
  props.spec = { metrics: [{ pod: { selector, containers } }] };
});
