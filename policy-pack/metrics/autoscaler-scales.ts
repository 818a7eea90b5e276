import { missing } from "../fleet/hiddenObjects";
import { autoscalingMetrics } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  allOn,
  type Finding,
  nameHint,
  on,
  pending,
  quoted,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { exportsOf } from "./autoscalingMetric";

const autoscalers = objectsOfKind({ kind: "HorizontalPodAutoscaler", groups: ["autoscaling"] });

/**
 * The name under which GKE has a metric of pods: that of its AutoscalingMetric, and its own there.
 * https://cloud.google.com/kubernetes-engine/docs/how-to/autoscale-using-metrics
 */
const GKE_METRIC = /^autoscaling\.gke\.io\|([^|]+)\|([^|]+)$/;

export const autoscalerScales = stackPolicy({
  name: "autoscaler-scales",
  description:
    "A HorizontalPodAutoscaler has limits that fit together, pods of its own, and a metric that " +
    "GKE has.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Set maxReplicas to minReplicas or more, have one autoscaler for each Deployment, and name a " +
    "metric as autoscaling.gke.io|<AutoscalingMetric>|<its metric>, with an AutoscalingMetric of " +
    "that name in the same namespace. Without its metric an autoscaler scales nothing.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/autoscale-using-metrics",
  settings: {},

  *judge(stack) {
    const all = stack.select(autoscalers);
    if (all.length === 0) {
      return;
    }
    const scopes = new Scopes(stack);
    const namespaces = new Namespaces(stack);
    const metrics = scopes.group(autoscalingMetrics);
    const scaled = new Map<string, Resource>();
    for (const scaler of all) {
      const scope = scopes.of(scaler);
      yield* allOn(scaler, limitFindings(scaler.props.at("spec")));
      yield* allOn(scaler, twiceFindings(scaler, scope, scaled));
      const place = { beside: scaler, namespace: namespaces.of(scaler) };
      for (const name of metricNames(scaler)) {
        for (const finding of metricFindings(name, metrics.get(scope) ?? [])) {
          yield on(scaler, missing(stack, place, finding));
        }
      }
    }
  },
});

function* limitFindings(spec: Value): Generator<Finding> {
  const [least, most] = [spec.at("minReplicas"), spec.at("maxReplicas")];
  const from = least.absent ? 1 : least.number;
  if (least.unknown || most.unknown) {
    yield pending(least.unknown ? least : most);
  } else if (from !== undefined && most.number !== undefined && most.number < from) {
    const given = least.absent ? "its default" : "minReplicas";
    const problem = `is ${most}, which is less than ${given} (${from})`;
    yield violation(most, problem, `set it to ${from} or more`);
  }
}

/** Two autoscalers of the same pods undo each other's changes. */
function* twiceFindings(
  scaler: Resource,
  scope: string,
  scaled: Map<string, Resource>,
): Generator<Finding> {
  const target = scaler.props.at("spec", "scaleTargetRef");
  const [kind, of] = [target.at("kind"), target.at("name")];
  if (kind.text === undefined || of.text === undefined) {
    return;
  }
  const key = JSON.stringify([scope, kind.text, of.text]);
  const other = scaled.get(key);
  if (other !== undefined) {
    const problem = `${kind.text} ${of} is scaled by ${other.name} already, and ${scaler.name} undoes that`;
    yield violation(of, problem, "give one autoscaler both metrics");
  }
  scaled.set(key, other ?? scaler);
}

function metricNames({ props }: Resource): readonly Value[] {
  const metrics = props.at("spec", "metrics").items ?? [];
  return metrics.flatMap((metric) => {
    return ["pods", "external"].map((type) => metric.at(type, "metric", "name"));
  });
}

function* metricFindings(name: Value, metrics: readonly Resource[]): Generator<Finding> {
  const [, object, gauge] = GKE_METRIC.exec(name.text ?? "") ?? [];
  if (name.unknown) {
    yield pending(name);
  }
  if (object === undefined || gauge === undefined) {
    return;
  }
  const names = metrics.map((each) => each.props.at("metadata", "name"));
  const found = metrics.filter((each) => each.props.at("metadata", "name").text === object);
  const own = found.map(exportsOf);
  const gauges = own.flatMap(({ exports }) => exports.map((each) => each.name));
  const isOpen =
    names.some(({ unknown }) => unknown) ||
    own.some((each) => each.hidden.length > 0) ||
    gauges.some(({ unknown }) => unknown);
  if (isOpen) {
    return;
  }
  if (found.length === 0) {
    const known = names.flatMap(({ text }) => text ?? []);
    const fix = nameHint(object, known, "create it there", quoted);
    yield violation(name, `no AutoscalingMetric "${object}" is in its namespace`, fix);
  } else if (!gauges.some(({ text }) => text === gauge)) {
    const known = gauges.flatMap(({ text }) => text ?? []);
    const fix = nameHint(gauge, known, "export it there", quoted);
    yield violation(name, `AutoscalingMetric "${object}" has no metric "${gauge}"`, fix);
  }
}
