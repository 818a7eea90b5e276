import type { Resource, Value } from "../frame";

/** Prefix of exported metrics in the load balancer. */
export const METRIC_PREFIX = "gke.named_metrics.";

/**
 * The shapes that an AutoscalingMetric may have, by the field that tells them apart:
 * `spec.endpoints[]`, `spec.metrics[].pod` and `spec.metrics[].promql`.
 */
export type MetricShape = "endpoints" | "pod" | "promql";

/** One metric that an AutoscalingMetric exports. */
export interface MetricExport {
  readonly resource: Resource;
  readonly shape: MetricShape;
  /** Its name, without the prefix of the load balancer. */
  readonly name: Value;
  /** The labels of the pods that it is read from; undefined where it comes from a query. */
  readonly matchLabels: Value | undefined;
  /** The switch that exports it to the load balancer; undefined if the shape has none. */
  readonly loadBalancing: Value | undefined;
}

/** What an AutoscalingMetric exports, as far as it is known. */
export interface MetricExports {
  readonly exports: readonly MetricExport[];
  /** Lists that are not known yet and may hold more. */
  readonly hidden: readonly Value[];
}

/** Reads every shape, whatever else is in the object. */
export function exportsOf(resource: Resource): MetricExports {
  const spec = resource.props.at("spec");
  if (spec.unknown) {
    return { exports: [], hidden: [spec] };
  }
  const entries = spec.at("metrics");
  const parts = [
    fromEndpoints(resource, spec),
    { exports: [], hidden: [entries].filter(({ unknown }) => unknown) },
    ...(entries.items ?? []).map((entry) => {
      return entry.at("promql").absent ? fromPods(resource, entry) : fromQuery(resource, entry);
    }),
  ];
  return together(parts);
}

function fromEndpoints(resource: Resource, spec: Value): MetricExports {
  const { items, hidden } = below([spec.at("endpoints")], "metrics");
  const matchLabels = spec.at("selector", "matchLabels");
  const exports = items.map((metric): MetricExport => {
    const given = metric.at("exportName");
    const name = given.absent ? metric.at("name") : given;
    return { resource, shape: "endpoints", name, matchLabels, loadBalancing: undefined };
  });
  return { exports, hidden };
}

function fromPods(resource: Resource, entry: Value): MetricExports {
  const { items, hidden } = below([entry.at("pod", "containers")], "metrics");
  const matchLabels = entry.at("pod", "selector", "matchLabels");
  const exports = items.map((metric): MetricExport => {
    const gauge = metric.at("gauge");
    const loadBalancing = gauge.at("loadBalancing", "enabled");
    return { resource, shape: "pod", name: gauge.at("name"), matchLabels, loadBalancing };
  });
  return { exports, hidden };
}

function fromQuery(resource: Resource, entry: Value): MetricExports {
  const name = entry.at("promql", "name");
  const shape = "promql" as const;
  const query: MetricExport = {
    resource,
    shape,
    name,
    matchLabels: undefined,
    loadBalancing: undefined,
  };
  return { exports: [query], hidden: [] };
}

/** The items of the list that each item of these lists has under a key. */
export function below(lists: readonly Value[], key: string) {
  const inner = lists.flatMap(({ items }) => items ?? []).map((item) => item.at(key));
  return {
    items: inner.flatMap(({ items }) => items ?? []),
    hidden: [...lists, ...inner].filter(({ unknown }) => unknown),
  };
}

function together(parts: readonly MetricExports[]): MetricExports {
  return {
    exports: parts.flatMap(({ exports }) => exports),
    hidden: parts.flatMap(({ hidden }) => hidden),
  };
}
