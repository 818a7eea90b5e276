import { type MetricName, METRICS } from "../../catalog/metrics";
import { SERVER_MONITORING } from "../../checks/objectNames";

import type { GatewayMonitoringArgs } from "./args";

/** What tells the gateway's series from others of the project. */
export interface Scope extends Pick<GatewayMonitoringArgs, "namespace" | "poolName"> {
  /** Name of the gateway's VPC. */
  network: string;
}

/**
 * A metric as PromQL selects it, in all clusters or where `matchers` say.
 *
 * Managed Prometheus labels each series with `job`, the PodMonitoring that collects it, and with `cluster` and
 * `location` of the cluster (pkg/operator/apis/monitoring/v1/pod_config.go of GoogleCloudPlatform/prometheus-engine); a
 * cluster of this program is regional, so its location is its region.
 */
export function select(metric: MetricName, scope: Scope, ...matchers: string[]): string {
  return `${metric}{${[...matchersOf(metric, scope), ...matchers].join(", ")}}`;
}

function matchersOf(metric: MetricName, { namespace, poolName, network }: Scope): string[] {
  switch (METRICS[metric].exporter) {
    case "vllm":
      return [equals("job", SERVER_MONITORING), equals("namespace", namespace)];
    case "picker":
      return [equals("job", poolName), equals("namespace", namespace)];
    case "loadBalancer":
      return [equals("network_name", network)];
  }
}

export function equals(label: string, value: string): string {
  return `${label}="${value}"`;
}

export function oneOf(label: string, values: readonly string[]): string {
  return `${label}=~"${values.join("|")}"`;
}

/** @param bucket a rate of buckets, summed by `le` at least */
export function quantile(share: number, bucket: string): string {
  return `histogram_quantile(${share}, ${bucket})`;
}
