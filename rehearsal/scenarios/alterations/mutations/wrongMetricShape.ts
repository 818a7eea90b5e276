import { alter, at } from "../alter";

interface PodMetrics {
  selector: object;
  containers: { endpoint: { port: number; path: string } }[];
}

alter("kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric::gke-east-metric", ({ props }) => {
  const { selector, containers } = at<PodMetrics>(props, "spec", "metrics", 0, "pod");
  const metrics = [{ name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" }];
  const endpoints = containers.map(({ endpoint }) => ({ ...endpoint, metrics }));
  props.spec = { selector, endpoints };
});
