import type { GkeRelease } from "../../catalog/gkeVersion";
import type { Engine } from "../../catalog/modelServers";

/** Version and channel decide in which of two shapes, A or B, the cluster takes an AutoscalingMetric. */
export interface KvCacheMetricsArgs extends GkeRelease {
  /** Namespace of the pods that report. */
  namespace: string;
  /** Labels of the pods that report; keys of letters, digits, `-` and `_` only. */
  podLabels: Record<string, string>;
  /** Port on which the pods report. */
  port: number;
  /** @default the model server's: "/metrics" */
  path?: string;
  /** What runs in the pods, and so what its gauge is called. @default "vllm" */
  engine?: Engine;
  /** Release of the model server: `v0.18.1`. */
  engineVersion: string;
  /** Gauges, 0 to 1, beside the KV cache's: 9 at most, with shape B 19. @default none */
  moreGauges?: Gauge[];
  /** The gauge adds and removes pods. Needs shape B. @default false */
  autoscaling?: boolean;
}

/** A gauge that is exported. */
export interface Gauge {
  /** As the model server reports it: `vllm:kv_cache_usage_perc`. */
  gauge: string;
  /** Its name in the load balancer, after `gke.named_metrics.`: lower-case, at most 45 characters. */
  exportedName: string;
}
