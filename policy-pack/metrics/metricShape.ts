import {
  defaultVersion,
  gkeIsAtLeast,
  isGkeVersion,
  minorOf,
  runningVersion,
  SINCE,
} from "../clusters/gkeVersion";
import { clusterText, type Member } from "../fleet/fleet";
import { advice, type Finding, on, pending, type Resource, type Value, violation } from "../frame";

import type { MetricShape } from "./autoscalingMetric";

/** GKE versions from which an AutoscalingMetric may have a shape. Source: GKE documentation. */
const SHAPE_SINCE: Readonly<Record<MetricShape, string>> = {
  endpoints: SINCE.autoscalingMetric,
  pod: SINCE.podMetrics,
  promql: SINCE.queryMetrics,
};

/**
 * The newest GKE version that a cluster of this stack is known to run or to ask for; undefined if
 * none is known. A cluster that asks for none runs `masterVersion`, and before it exists the
 * default of its channel. Upgrades by GKE show only in `masterVersion`.
 */
export function versionOf({ cluster }: Member): string | undefined {
  if (cluster === undefined) return undefined;
  const asked = cluster.props.at("minMasterVersion");
  if (asked.absent) return runningVersion(cluster) ?? defaultVersion(cluster);
  const versions = [asked.text ?? "", runningVersion(cluster) ?? ""].filter(isGkeVersion);
  return versions.reduce<string | undefined>((newest, version) => {
    return newest === undefined || gkeIsAtLeast(version, newest) ? version : newest;
  }, undefined);
}

/** Objects that have the fields of two shapes, or of none. */
export function* shapeFindings(object: Resource): Generator<Finding> {
  const spec = object.props.at("spec");
  if (spec.unknown) {
    yield on(object, pending(spec));
    return;
  }
  const [endpoints, metrics] = [spec.at("endpoints"), spec.at("metrics")];
  const flat = [endpoints, spec.at("selector")].filter(({ given }) => given);
  if (flat[0] !== undefined && metrics.given) {
    const problem = `stands beside ${flat[0].path}, which belongs to another shape`;
    yield on(object, violation(metrics, problem, "write an AutoscalingMetric for each shape"));
    return;
  }
  const list = flat.length > 0 ? endpoints : metrics;
  if (!list.unknown && !list.items?.length) {
    const problem = "exports nothing: it lists neither endpoints nor metrics";
    yield on(object, violation(spec, problem, "list in one of them what to export"));
  }
  for (const entry of metrics.items ?? []) {
    const given = ["pod", "promql"].filter((source) => entry.at(source).given);
    if (given.length !== 1 && !entry.unknown) {
      const problem = given.length === 0 ? "has no source" : "has two sources";
      yield on(object, violation(entry, problem, "write either pod or promql in it"));
    }
  }
}

/** Shapes that the object's cluster may be too old, or too new, for. */
export function* versionFindings(
  object: Resource,
  member: Member,
  version: string | undefined,
): Generator<Finding> {
  const spec = object.props.at("spec");
  if (version === undefined || spec.unknown) {
    return;
  }
  const here = clusterText(member);
  for (const [shape, place] of shapesIn(spec)) {
    const since = SHAPE_SINCE[shape];
    if (!gkeIsAtLeast(version, since)) {
      const problem = `GKE has this shape from ${since} on, and ${here} may run ${version}`;
      const older = shape !== "endpoints" && gkeIsAtLeast(version, SINCE.autoscalingMetric);
      const fix = older ? ", or write spec.selector and spec.endpoints" : "";
      const raise = `set the cluster's minMasterVersion to "${minorOf(since)}" or a newer minor version`;
      yield on(object, violation(place, problem, `${raise}${fix}`));
    } else if (shape === "endpoints" && gkeIsAtLeast(version, SINCE.podMetrics)) {
      // No documentation says whether newer versions still take it.
      const problem = `the documentation has this shape for GKE before ${SINCE.podMetrics}, and ${here} runs ${version}`;
      yield on(object, advice(place, problem, "write spec.metrics with a pod and its gauges"));
    }
  }
}

/** The first place of each shape. */
function shapesIn(spec: Value): ReadonlyMap<MetricShape, Value> {
  const metrics = spec.at("metrics");
  const sources = metrics.unknown
    ? [["pod", metrics] as const]
    : (metrics.items ?? []).flatMap((entry) => {
        return (["pod", "promql"] as const).map((shape) => [shape, entry.at(shape)] as const);
      });
  const all = [["endpoints", spec.at("endpoints")] as const, ...sources];
  return new Map(all.filter(([, { given }]) => given).reverse());
}
