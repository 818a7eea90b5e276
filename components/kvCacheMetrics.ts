import * as pulumi from "@pulumi/pulumi";

import { isAtLeast, POD_METRICS_GKE_VERSION } from "../catalog/gkeVersion";
import type { AutoscalingMetric } from "../kubernetes/autoscalingMetric";
import type { PodMonitoring } from "../kubernetes/podMonitoring";

import { customResource } from "./customResource";

export interface KvCacheMetricsArgs {
  namespace: string;
  /** Labels of the pods that report; keys of letters, digits, `-` and `_` only. */
  podLabels: Record<string, string>;
  port: number;
  /** @default "/metrics" */
  path?: string;
  /** The gauge as the model server reports it, 0 to 1. @default "vllm:kv_cache_usage_perc" */
  metric?: string;
  /** What the load balancer calls it, after `gke.named_metrics.`. @default "kv-cache" */
  exportedName?: string;
  /** Decides in which of two shapes the cluster takes an AutoscalingMetric. */
  gkeVersion: string;
}

/** vLLM v0.10.2 and newer. */
const METRIC = "vllm:kv_cache_usage_perc";
export const EXPORTED_NAME = "kv-cache";

/** What the load balancer calls an exported metric. */
export function namedMetric(exportedName = EXPORTED_NAME): string {
  return `gke.named_metrics.${exportedName}`;
}

/**
 * Hands the model servers' use of their KV cache to the load balancer, and all their metrics to managed Prometheus.
 * Every cluster needs it: a balanced metric that one does not report counts as no load at all.
 */
export class KvCacheMetrics extends pulumi.ComponentResource {
  /** `gke.named_metrics.<exportedName>` */
  readonly metricName: string;

  constructor(name: string, args: KvCacheMetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:KvCacheMetrics", name, {}, opts);
    this.metricName = namedMetric(args.exportedName);
    customResource(`${name}-metric`, autoscalingMetric(args), { parent: this });
    customResource(`${name}-monitoring`, podMonitoring(args), { parent: this });
    this.registerOutputs({ metricName: this.metricName });
  }
}

function autoscalingMetric(args: KvCacheMetricsArgs): AutoscalingMetric {
  const {
    namespace,
    podLabels,
    port,
    path = "/metrics",
    metric = METRIC,
    exportedName = EXPORTED_NAME,
  } = args;
  const header = {
    apiVersion: "autoscaling.gke.io/v1beta1",
    kind: "AutoscalingMetric",
    metadata: { name: exportedName, namespace },
  } as const;
  const selector = { matchLabels: podLabels };

  if (!isAtLeast(args.gkeVersion, POD_METRICS_GKE_VERSION)) {
    return {
      ...header,
      spec: {
        selector,
        endpoints: [{ port, path, metrics: [{ name: metric, exportName: exportedName }] }],
      },
    };
  }
  const gauge = {
    name: exportedName,
    prometheusMetricName: metric,
    loadBalancing: { enabled: true },
  };
  return {
    ...header,
    spec: {
      metrics: [
        { pod: { selector, containers: [{ endpoint: { port, path }, metrics: [{ gauge }] }] } },
      ],
    },
  };
}

function podMonitoring({
  namespace,
  podLabels,
  port,
  path = "/metrics",
}: KvCacheMetricsArgs): PodMonitoring {
  return {
    apiVersion: "monitoring.googleapis.com/v1",
    kind: "PodMonitoring",
    metadata: { name: "model-server", namespace },
    spec: { selector: { matchLabels: podLabels }, endpoints: [{ port, path, interval: "15s" }] },
  };
}
