import { gkeIsAtLeast, SINCE } from "../clusters/gkeVersion";
import { clusterText, fleetOf, type Member } from "../fleet/fleet";
import { autoscalingMetrics } from "../fleet/kinds";
import { Namespaces } from "../fleet/namespaces";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { below, exportsOf, type MetricExport } from "./autoscalingMetric";
import { shapeFindings, versionFindings, versionOf } from "./metricShape";

/**
 * Most metrics that a cluster may export: with the shape for pods only, and with the older shape.
 */
const MOST = { pods: 20, endpoints: 10 };

export const autoscalingMetricFitsGke = stackPolicy({
  name: "autoscaling-metric-fits-gke",
  description:
    "Every AutoscalingMetric has the shape, the labels and the number of metrics that GKE takes.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Write spec.selector and spec.endpoints from GKE 1.34.1-gke.1127000 on, and spec.metrics " +
    "with a pod and its gauges from 1.35.1-gke.1396000 on. Export each metric once, from pods " +
    "that a label with a plain key selects. GKE silently leaves out what it does not take.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/expose-custom-metrics-load-balancer",
  settings: {},

  *judge(stack) {
    const namespaces = new Namespaces(stack);
    for (const [member, objects] of fleetOf(stack).byMember(stack.select(autoscalingMetrics))) {
      const version = versionOf(member);
      for (const object of objects) {
        yield* shapeFindings(object);
        yield* versionFindings(object, member, version);
        yield* gaugeFindings(object);
        yield* selectorFindings(object, member, version);
      }
      const named = objects.flatMap((object) => exportsOf(object).exports);
      const known = named.filter(({ name }) => name.text !== undefined);
      yield* countFindings(known, member);
      yield* twiceFindings(known, namespaces);
    }
  },
});

/** No other kind of metric reaches a load balancer or an autoscaler. */
function* gaugeFindings(object: Resource): Generator<Finding> {
  const pods = podsOf(object).map((pod) => pod.at("containers"));
  for (const metric of below(pods, "metrics").items) {
    const gauge = metric.at("gauge");
    if (gauge.absent) {
      const problem = "is not set, and GKE exports no other kind of metric";
      yield on(object, violation(gauge, problem, "write name and prometheusMetricName below it"));
    }
  }
}

function* selectorFindings(
  object: Resource,
  member: Member,
  version: string | undefined,
): Generator<Finding> {
  const spec = object.props.at("spec");
  const flat = spec.unknown || spec.at("endpoints").absent ? [] : [spec];
  for (const place of [...flat, ...podsOf(object)]) {
    const matchLabels = place.at("selector", "matchLabels");
    if (matchLabels.unknown) {
      yield on(object, pending(matchLabels));
    } else if (!matchLabels.fields?.length) {
      const given = matchLabels.absent ? "is not set, so it selects" : `${matchLabels} selects`;
      const fix = "write the labels of the pods that have the metric";
      yield on(object, violation(matchLabels, `${given} no pods`, fix));
    }
    for (const [key, label] of matchLabels.fields ?? []) {
      if (
        !/^[\w-]+$/.test(key) &&
        version !== undefined &&
        !gkeIsAtLeast(version, SINCE.anyLabelKey)
      ) {
        const where = `${clusterText(member)}, which may run GKE ${version}`;
        const problem = `label key "${key}" selects no pods in ${where}`;
        const fix = `use a key of letters, digits, - and _ only, or GKE ${SINCE.anyLabelKey}`;
        yield on(object, violation(label, problem, fix));
      }
    }
  }
}

function podsOf(object: Resource): readonly Value[] {
  const entries = object.props.at("spec", "metrics").items ?? [];
  return entries.map((entry) => entry.at("pod")).filter(({ present }) => present);
}

/** A query's metrics have a limit of their own, for each node. */
function* countFindings(exports: readonly MetricExport[], member: Member): Generator<Finding> {
  const fromPods = exports.filter(({ shape }) => shape !== "promql");
  const most = fromPods.some(({ shape }) => shape === "endpoints") ? MOST.endpoints : MOST.pods;
  const names = new Set(fromPods.map(({ name }) => name.text));
  const within = new Set([...names].slice(0, most));
  const over = fromPods.find(({ name }) => !within.has(name.text));
  if (over !== undefined) {
    const problem = `this makes ${names.size} metrics in ${clusterText(member)}, which may export ${most}`;
    yield on(
      over.resource,
      violation(over.name, problem, "export only those that something reads"),
    );
  }
}

/** The same pods cannot report one name twice; other pods, for example of another model, can. */
function* twiceFindings(
  exports: readonly MetricExport[],
  namespaces: Namespaces,
): Generator<Finding> {
  const firstOf = new Map<string, Resource>();
  for (const { resource, name, matchLabels } of exports) {
    const namespace = namespaces.of(resource);
    const labels = matchLabels?.fields?.map(([key, { raw }]) => [key, raw] as const) ?? [];
    if (namespace === undefined || labels.length === 0) {
      continue;
    }
    const pods = Object.fromEntries([...labels].sort(([one], [other]) => (one < other ? -1 : 1)));
    const key = JSON.stringify([namespace, name.text, pods]);
    const first = firstOf.get(key) ?? resource;
    firstOf.set(key, first);
    if (first !== resource) {
      const problem = `${name} is exported from these pods by ${first.name} already`;
      yield on(resource, violation(name, problem, "export it once, or by another name"));
    }
  }
}
