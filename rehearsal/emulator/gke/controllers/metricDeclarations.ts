import type { GaugeSource } from "../forwarding";
import { AutoscalingMetric } from "../world/kinds";
import { keyOf } from "../world/world";

/**
 * One gauge that an AutoscalingMetric asks GKE to read from pods, whichever shape it is written in.
 */
export interface MetricDeclaration {
  /** AutoscalingMetric, `namespace/name`. */
  owner: string;
  namespace: string;
  /** Without the prefix `gke.named_metrics.`. */
  exportedName: string;
  /** As the pods expose it. */
  metric: string;
  podLabels: Record<string, string>;
  port: number | string;
  path: string;
  /** Whether the load balancer gets it. */
  loadBalancing: boolean;
  /** Whether horizontal autoscaling gets it. */
  autoscaling: boolean;
}

const DEFAULT_PATH = "/metrics";

export function declarationsOf(object: AutoscalingMetric): MetricDeclaration[] {
  const { spec } = object;
  const owner = keyOf(object);
  const namespace = object.metadata.namespace ?? "default";
  const endpoints = (spec.endpoints ?? []).flatMap(({ port, path = DEFAULT_PATH, metrics }) =>
    metrics.map(({ name, exportName }) => ({
      owner,
      namespace,
      exportedName: exportName ?? name,
      metric: name,
      podLabels: spec.selector?.matchLabels ?? {},
      port,
      path,
      // This shape has no switch: what it exports is for load balancing alone.
      loadBalancing: true,
      autoscaling: false,
    })),
  );
  const pods = (spec.metrics ?? []).flatMap(({ pod }) =>
    pod.containers.flatMap(({ endpoint, metrics }) =>
      metrics.map(({ gauge }) => ({
        owner,
        namespace,
        exportedName: gauge.name,
        metric: gauge.prometheusMetricName ?? gauge.name,
        podLabels: pod.selector.matchLabels,
        port: endpoint.port,
        path: endpoint.path ?? DEFAULT_PATH,
        loadBalancing: gauge.loadBalancing?.enabled ?? false,
        autoscaling: true,
      })),
    ),
  );
  return [...endpoints, ...pods];
}

/** Where the pods report what is declared. */
export function gaugeSource(declaration: MetricDeclaration): GaugeSource {
  const { metric, port, path, namespace, podLabels } = declaration;
  return { gauge: metric, port, path, namespace, podLabels };
}
