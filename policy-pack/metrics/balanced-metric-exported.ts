import { balancingPlaces, inferenceBackendPolicies } from "../balancing/backendPolicy";
import { clusterText } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
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
import { podOwnersOf } from "../pods/podOwners";
import { PoolMembers } from "../pools/poolMembers";
import { type Pool } from "../pools/pools";
import { TargetPools } from "../pools/targetPools";

import { METRIC_PREFIX } from "./autoscalingMetric";
import { ClusterMetrics } from "./clusterMetrics";

export const balancedMetricExported = stackPolicy({
  name: "balanced-metric-exported",
  description:
    "The metric that a GCPBackendPolicy balances on is exported from every cluster with the pool.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Create an AutoscalingMetric that exports the metric, to the load balancer too, from the pods " +
    "of the pool: in the pool's namespace in every cluster that has the pool. Where another stack " +
    "owns these objects, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/expose-custom-metrics-load-balancer",
  settings: {},

  *judge(stack) {
    const namespaces = new Namespaces(stack);
    const members = new PoolMembers(stack, namespaces, podOwnersOf(stack, namespaces));
    const metrics = new ClusterMetrics(stack, namespaces);
    const targets = new TargetPools(stack, namespaces, members.pools);
    const judged = new Set<string>();
    for (const policy of stack.select(inferenceBackendPolicies)) {
      const places = balancingPlaces(policy.props.at("spec"));
      const names = places
        .flatMap((place) => place.at("customMetrics").items ?? [])
        .map((metric) => metric.at("name"));
      yield* nameFindings(policy, names);
      const balanced = names.filter(({ text }) => text?.startsWith(METRIC_PREFIX));
      const hidden = balanced.length === 0 ? undefined : targets.hiddenIn(policy);
      if (hidden !== undefined) {
        yield on(policy, pending(hidden));
      }
      for (const pool of balanced.length === 0 ? [] : targets.of(policy)) {
        for (const name of balanced) {
          for (const finding of missingFindings({ policy, name, pool }, metrics)) {
            yield missing(stack, placeOf(pool), finding);
          }
          // A wrong export is reported once, not for every policy that balances on it.
          const key = `${name.text} ${pool.resource.urn}`;
          if (!judged.has(key)) {
            judged.add(key);
            for (const finding of exportFindings({ policy, name, pool }, metrics, members)) {
              yield missing(stack, placeOf(pool), finding);
            }
          }
        }
      }
    }
  },
});

/** An AutoscalingMetric that exports the metric, or from more pods, may be hidden there. */
function placeOf({ resource, namespace }: Pool) {
  return { beside: resource, namespace };
}

function* nameFindings(policy: Resource, names: readonly Value[]): Generator<Finding> {
  for (const name of names) {
    if (name.unknown) {
      yield on(policy, pending(name));
    } else if (name.text !== undefined && !name.text.startsWith(METRIC_PREFIX)) {
      const problem = `no cluster exports a metric by the name ${name}`;
      const fix = `write ${METRIC_PREFIX} before the name that an AutoscalingMetric exports`;
      yield on(policy, violation(name, problem, fix));
    }
  }
}

interface Balanced {
  readonly policy: Resource;
  readonly name: Value;
  readonly pool: Pool;
}

/** Clusters that have the pool, but no export of the metric. */
function* missingFindings(
  { policy, name, pool }: Balanced,
  metrics: ClusterMetrics,
): Generator<Finding> {
  const exported = exportedName(name);
  const all = metrics.of(pool);
  if (all.named(exported).length === 0 && all.hidden.length === 0) {
    const where = `namespace ${pool.namespace} of ${clusterText(pool.member)}`;
    const problem = `no AutoscalingMetric in ${where} exports ${exported}`;
    yield on(policy, violation(name, problem, all.advice(exported)));
  }
}

function* exportFindings(
  { name, pool }: Balanced,
  metrics: ClusterMetrics,
  members: PoolMembers,
): Generator<Finding> {
  const all = metrics.of(pool);
  const found = all.named(exportedName(name));
  yield* all.switchFindings(found);
  yield* all.selectorFindings(found, pool, members.ownersIn(pool));
  for (const { resource, value } of found.length === 0 ? all.hidden : []) {
    yield on(resource, pending(value));
  }
}

function exportedName(name: Value): string {
  return name.text?.slice(METRIC_PREFIX.length) ?? "";
}
