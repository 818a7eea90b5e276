import {
  type Finding,
  isOneOf,
  numberSetting,
  pending,
  productionStacks,
  reliability,
  requireValue,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

import { balancingPlaces, inferenceBackendPolicies } from "./backendPolicy";

/** The load balancer's default, in percent. */
const DEFAULT_PERCENT = 80;

const percent = { type: "integer", minimum: 0, maximum: 100 } as const;

export const maxUtilizationInRange = resourcePolicy({
  name: "max-utilization-in-range",
  description:
    "The load a backend takes before requests spill over is set, and leaves room for bursts.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set maxUtilizationPercent of every entry in customMetrics, in spec.default and in its " +
    "scopes, to a whole number within the range; stacks that serve users leave more room.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/customize-backend-multicluster-inference-gateway",
  settings: {
    minimum: numberSetting({
      ...percent,
      // Google's own benchmark of September 2026 ("Global AI routing") spills at 40.
      default: 30,
      description: "Percent below which regions spill over while they have room.",
    }),
    maximum: numberSetting({
      ...percent,
      default: 85,
      description: "Percent above which a burst fills the KV cache before requests spill over.",
    }),
    productionMaximum: numberSetting({
      ...percent,
      default: 60,
      description: "The same for stacks that serve users.",
    }),
    productionStacks,
  },

  settingsProblem({ minimum, maximum, productionMaximum }) {
    const crossed = Object.entries({ maximum, productionMaximum }).filter(([, limit]) => {
      return minimum > limit;
    });
    const named = crossed.map(([key, limit]) => `${key} (${limit})`).join(" and ");
    const fix = `set minimum to ${Math.min(maximum, productionMaximum)} or less`;
    return named === "" ? undefined : `minimum (${minimum}) is above ${named}; ${fix}`;
  },

  judges: inferenceBackendPolicies,

  *judge({ props, stack }, { minimum, maximum, productionMaximum, productionStacks: serving }) {
    const production = isOneOf(stack, serving);
    const limit = production ? Math.min(maximum, productionMaximum) : maximum;
    const range = `${minimum}..${limit}${production ? ` in the production stack ${stack}` : ""}`;
    const fix = `set it to a whole number in ${range}`;

    const places = balancingPlaces(props.at("spec"));
    const lists = places.map((place) => place.at("customMetrics"));
    for (const metrics of lists) {
      yield* metricsFindings(metrics, { minimum, limit, range, fix });
    }
    yield* scopesFindings(props.at("spec", "default", "scopes"));
    if (lists.every((metrics) => metrics.absent || metrics.items?.length === 0)) {
      yield* missingMetricsFindings(places, range);
    }
  },
});

interface Range {
  readonly minimum: number;
  readonly limit: number;
  readonly range: string;
  readonly fix: string;
}

function* metricsFindings(metrics: Value, allowed: Range): Generator<Finding> {
  if (metrics.unknown) {
    yield pending(metrics);
  }
  for (const metric of metrics.items ?? []) {
    yield* utilizationFindings(metric.at("maxUtilizationPercent"), allowed);
  }
}

function utilizationFindings(utilization: Value, allowed: Range): Iterable<Finding> {
  const whenAbsent = `is not set, so GKE takes ${DEFAULT_PERCENT}`;
  const whenWrong = utilizationProblem(utilization, allowed);
  return requireValue(utilization, { whenAbsent, whenWrong, fix: allowed.fix });
}

function utilizationProblem(
  utilization: Value,
  { minimum, limit, range }: Range,
): string | undefined {
  const given = utilization.raw;
  if (typeof given !== "number" || !Number.isInteger(given)) {
    return `${utilization} is not a whole number`;
  }
  return given < minimum || given > limit ? `${given} is not in ${range}` : undefined;
}

function* scopesFindings(scopes: Value): Generator<Finding> {
  if (scopes.unknown) {
    yield pending(scopes);
  }
}

/** A policy that balances on metrics but names none has no limit to judge. */
function* missingMetricsFindings(places: readonly Value[], range: string): Generator<Finding> {
  const balanced = places.filter((place) => place.at("balancingMode").text === "CUSTOM_METRICS");
  for (const place of balanced) {
    const metrics = place.at("customMetrics");
    const given = metrics.absent ? "is not set" : "is empty";
    yield violation(
      metrics,
      `${given} although balancingMode is CUSTOM_METRICS, so there is no limit`,
      `name the metric to balance on, with maxUtilizationPercent in ${range}`,
    );
  }
}
