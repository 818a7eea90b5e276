import * as pulumi from "@pulumi/pulumi";

import type { GkeRelease } from "../../catalog/gkeVersion";
import { type Engine, kvCacheGauge, modelServers } from "../../catalog/modelServers";

import { customResource } from "../../customResources/customResource";
import { problemsOf } from "./limits";
import { EXPORTED_NAME, namedMetric } from "./names";
import { autoscalingMetric, podMonitoring } from "./objects";

export { EXPORTED_NAME, namedMetric, podsMetric } from "./names";

/** Version and channel decide in which of two shapes, A or B, the cluster takes an AutoscalingMetric. */
export interface KvCacheMetricsArgs extends GkeRelease {
  namespace: string;
  /** Labels of the pods that report; keys of letters, digits, `-` and `_` only. */
  podLabels: Record<string, string>;
  port: number;
  /** @default the model server's: "/metrics" */
  path?: string;
  /** What runs in the pods, and so what its gauge is called. @default "vllm" */
  engine?: Engine;
  /** Release of the model server: `v0.18.1`. */
  engineVersion: string;
  /** Gauges, 0 to 1, beside the KV cache's: 9 at most, with shape B 19. @default none */
  moreGauges?: Gauge[];
  /** Pods are added and taken away by the gauge. Needs shape B. @default false */
  autoscaling?: boolean;
}

/** A gauge that is handed on. */
export interface Gauge {
  /** As the model server reports it: `vllm:kv_cache_usage_perc`. */
  gauge: string;
  /** What the load balancer calls it, after `gke.named_metrics.`: lower-case, at most 45 characters. */
  exportedName: string;
}

/**
 * Hands the model servers' use of their KV cache to the load balancer and to horizontal autoscaling, and all their
 * metrics to managed Prometheus. Every cluster needs it: a balanced metric that one does not report counts as no load.
 */
export class KvCacheMetrics extends pulumi.ComponentResource {
  /** What the load balancer calls the KV cache's use: `gke.named_metrics.kv-cache`. */
  readonly metricName: string;

  /** @throws pulumi.RunError that lists every limit of GKE which the metrics do not keep */
  constructor(name: string, args: KvCacheMetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    // Before anything is registered: what is refused leaves nothing half made.
    const gauges = checkedGauges(name, args);
    super("inference-gateway:index:KvCacheMetrics", name, {}, opts);
    this.metricName = namedMetric();

    const { metricsPath } = modelServers[args.engine ?? "vllm"];
    const endpoint = { port: args.port, path: args.path ?? metricsPath };
    customResource(`${name}-metric`, autoscalingMetric(args, endpoint, gauges), { parent: this });
    customResource(`${name}-monitoring`, podMonitoring(args, endpoint), { parent: this });
    this.registerOutputs({ metricName: this.metricName });
  }
}

/** The KV cache's gauge and the others. @throws pulumi.RunError */
function checkedGauges(name: string, args: KvCacheMetricsArgs): Gauge[] {
  const { engine = "vllm", engineVersion, moreGauges = [] } = args;
  const own = { gauge: kvCacheGauge(engine, engineVersion), exportedName: EXPORTED_NAME };
  const gauges = [own, ...moreGauges];
  const problems = problemsOf(args, gauges);
  if (problems.length === 0) return gauges;
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${problem}`);
  throw new pulumi.RunError([`The metrics of ${name} have ${count}:`, ...lines].join("\n"));
}
