import { atLeast, SINCE } from "../versions";
import { Kind } from "./definition";
import { conditionsOnly } from "./policyAttachment";
import { array, boolean, intOrString, map, object, Schema, string } from "./schema";

/**
 * The two shapes of the kind that are documented with every field; neither is a subset of the
 * other.
 */
export type MetricShape = "endpoints" | "pods";

/** The shape that a GKE version takes; undefined where it does not have the kind. */
export function metricShape(gkeVersion: string): MetricShape | undefined {
  if (atLeast(gkeVersion, SINCE.autoscalingMetricPods)) return "pods";
  return atLeast(gkeVersion, SINCE.autoscalingMetricEndpoints) ? "endpoints" : undefined;
}

/** Google's own definition is not public: this has the fields of its how-to pages. */
export function autoscalingMetric(shape: MetricShape): Kind {
  return {
    group: "autoscaling.gke.io",
    version: "v1beta1",
    kind: "AutoscalingMetric",
    plural: "autoscalingmetrics",
    scope: "Namespaced",
    spec: shape === "pods" ? podsShape() : endpointsShape(),
    status: conditionsOnly,
  };
}

const selector: Schema = object(
  { matchLabels: map(string(), { minProperties: 1 }) },
  { required: ["matchLabels"] },
);

/** A path is optional: `/metrics` if left out. */
const path = string({ pattern: "^/" });

/** The Cloud's name for it is `gke.named_metrics.<this>`, 63 characters at most. */
const exportedName = string({
  minLength: 1,
  maxLength: 45,
  pattern: "^[a-z]([-_.a-z0-9]*[a-z0-9])?$",
});

function endpointsShape(): Schema {
  const metric = object({ name: string({ minLength: 1 }), exportName: exportedName }, NAMED);
  const endpoint = object(
    { port: intOrString(), path, metrics: array(metric, { minItems: 1 }) },
    { required: ["port", "metrics"] },
  );
  return object(
    { selector, endpoints: array(endpoint, { minItems: 1 }) },
    { required: ["selector", "endpoints"] },
  );
}

function podsShape(): Schema {
  const gauge = object(
    {
      name: exportedName,
      prometheusMetricName: string({ minLength: 1 }),
      filter: object({ matchLabels: map(string()) }),
      loadBalancing: object({ enabled: boolean() }, { required: ["enabled"] }),
    },
    NAMED,
  );
  const container = object(
    {
      endpoint: object({ port: intOrString(), path }, { required: ["port"] }),
      metrics: array(object({ gauge }, { required: ["gauge"] }), { minItems: 1 }),
    },
    { required: ["endpoint", "metrics"] },
  );
  const pod = object(
    { selector, containers: array(container, { minItems: 1 }) },
    { required: ["selector", "containers"] },
  );
  const metric = object({ pod }, { required: ["pod"] });
  return object({ metrics: array(metric, { minItems: 1 }) }, { required: ["metrics"] });
}

const NAMED = { required: ["name"] };
