import {
  isOneOf,
  productionStacks,
  reliability,
  requireValue,
  type Resource,
  resourcePolicy,
  set,
  type Value,
} from "../frame";

import { balancingPlaces, inferenceBackendPolicies } from "./backendPolicy";

export const noDryRunInProduction = resourcePolicy({
  name: "no-dry-run-in-production",
  description:
    "In production the load balancer balances on the metrics that a backend policy names.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set dryRun of every entry in customMetrics to false, in spec.default and in its scopes. " +
    "With true the load balancer reports the metric but does not move requests because of it.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/customize-backend-multicluster-inference-gateway",
  settings: { productionStacks },
  judges: inferenceBackendPolicies,

  *judge(resource, { productionStacks: serving }) {
    for (const dryRun of dryRunsIn(resource, serving)) {
      const problem = `true keeps the production stack ${resource.stack} from balancing on it`;
      yield* requireValue(dryRun, {
        whenWrong: dryRun.raw === true ? problem : undefined,
        fix: "set it to false",
      });
    }
  },

  *remedy(resource, { productionStacks: serving }) {
    for (const dryRun of dryRunsIn(resource, serving)) {
      yield* dryRun.raw === true ? [set(dryRun, false)] : [];
    }
  },
});

/** `dryRun` of every metric in a stack that serves users, or the unknown value that it is in. */
function dryRunsIn({ props, stack }: Resource, serving: readonly string[]): readonly Value[] {
  if (!isOneOf(stack, serving)) {
    return [];
  }
  const spec = props.at("spec");
  const lists = balancingPlaces(spec).map((place) => place.at("customMetrics"));
  const dryRuns = lists.flatMap((metrics) => {
    return metrics.items?.map((metric) => metric.at("dryRun")) ?? metrics;
  });
  return [...dryRuns, spec.at("default", "scopes")].filter((value) => {
    return value.unknown || typeof value.raw === "boolean";
  });
}
