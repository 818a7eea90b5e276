import * as pulumi from "@pulumi/pulumi";

import { kvCacheGauge, modelServers } from "../../catalog/modelServers";

import { customResource } from "../../customResources/customResource";

import type { Gauge, KvCacheMetricsArgs } from "./args";
import { problemsOf } from "./limits";
import { EXPORTED_NAME, namedMetric } from "./names";
import { autoscalingMetric, podMonitoring } from "./objects";

export type { Gauge, KvCacheMetricsArgs } from "./args";
export { EXPORTED_NAME, namedMetric, podsMetric } from "./names";

/**
 * Hands the model servers' use of their KV cache to the load balancer and to horizontal autoscaling, and all their
 * metrics to managed Prometheus. Every cluster needs it: the load balancer takes a cluster that does not report the
 * balanced metric for idle.
 *
 * @example
 * ```ts
 * const metrics = new KvCacheMetrics(
 *   "gke-west",
 *   {
 *     namespace,
 *     podLabels: server.podLabels,
 *     port: server.port,
 *     releaseChannel: "REGULAR",
 *     engineVersion: "v0.18.1",
 *   },
 *   { providers: [cluster.provider] },
 * );
 * ```
 */
export class KvCacheMetrics extends pulumi.ComponentResource {
  /** Name of the KV cache's use in the load balancer: `gke.named_metrics.kv-cache`. */
  readonly metricName: string;

  /** @throws pulumi.RunError that lists every limit of GKE that the metrics exceed */
  constructor(name: string, args: KvCacheMetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    // Checked before anything is registered, so that an error leaves no incomplete component.
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
