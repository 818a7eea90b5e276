import { GCP_BACKEND_POLICY } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import {
  type Edit,
  type Finding,
  misfits,
  reliability,
  remove,
  resourcePolicy,
  set,
  type Value,
  violation,
} from "../frame";

import {
  balancingPlaces,
  GCP_BACKEND_POLICY_SPEC,
  INFERENCE_KINDS,
  SCOPABLE,
  SCOPED_KINDS,
} from "./backendPolicy";

const TOP_LEVEL = ["apiVersion", "kind", "metadata", "spec", "status"];

export const backendPolicyFields = resourcePolicy({
  name: "backend-policy-fields",
  description: "A GCPBackendPolicy holds only fields that GKE knows, where GKE looks for them.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Write the field that the message names in its place. The API server silently drops an " +
    "unknown field on the first update, and refuses every later update.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources",
  settings: {},
  judges: objectsOfKind(GCP_BACKEND_POLICY),

  *judge(resource) {
    const { props } = resource;
    const spec = props.at("spec");
    yield* topLevelFindings(props);
    yield* misfits(spec, GCP_BACKEND_POLICY_SPEC, GCP_BACKEND_POLICY_SPEC);
    yield* eitherOrFindings(spec);
    yield* targetFindings(spec);
  },

  *remedy({ props }) {
    const spec = props.at("spec");
    const places = balancingPlaces(spec);
    for (const metric of places.flatMap((place) => place.at("customMetrics").items ?? [])) {
      yield* renamed(metric.at("maxUtilization"), metric.at("maxUtilizationPercent"));
    }
    for (const stray of [props, spec, ...places].map((place) => place.at("dryRun"))) {
      if (stray.present) {
        yield remove(stray);
      }
    }
  },
});

/** Moves a percentage to the field that it was meant for. */
function* renamed(given: Value, meant: Value): Generator<Edit> {
  const { number = NaN } = given;
  if (meant.absent && Number.isInteger(number) && number >= 0 && number <= 100) {
    yield set(meant, number);
    yield remove(given);
  }
}

function* topLevelFindings(props: Value): Generator<Finding> {
  for (const [name, field] of props.fields ?? []) {
    if (!TOP_LEVEL.includes(name) && !field.absent) {
      const home = Object.hasOwn(GCP_BACKEND_POLICY_SPEC.fields, name) ? `spec.${name}` : "spec";
      yield violation(field, "there is no such field here", `write it as ${home}`);
    }
  }
  const spec = props.at("spec");
  if (spec.absent) {
    yield violation(spec, "is required but not set", "set spec.targetRef and spec.default");
  }
}

/** The API server refuses a field that is set in both, and it is not clear which was meant. */
function* eitherOrFindings(spec: Value): Generator<Finding> {
  const [defaults, ...scopes] = balancingPlaces(spec);
  for (const name of SCOPABLE) {
    const inDefault = defaults?.at(name);
    const inScope = scopes.map((scope) => scope.at(name)).find(({ present }) => present);
    if (inDefault?.present && inScope !== undefined) {
      yield violation(
        inDefault,
        `is set here and in ${inScope.path}`,
        "set it for all here or in the scopes, not in both",
      );
    }
  }
}

/** Fields that exist, but not for this target. */
function* targetFindings(spec: Value): Generator<Finding> {
  const kind = spec.at("targetRef", "kind").text;
  if (kind === undefined) {
    return;
  }
  const scopes = spec.at("default", "scopes");
  if (scopes.present && !SCOPED_KINDS.includes(kind)) {
    const problem = `a target of kind ${kind} has no scopes`;
    yield violation(scopes, problem, `only ${SCOPED_KINDS.join(" and ")} have; remove it`);
  }
  const affinity = spec.at("default", "sessionAffinity");
  if (affinity.present && INFERENCE_KINDS.includes(kind)) {
    const problem = `a target of kind ${kind} takes no session affinity`;
    yield violation(affinity, problem, "remove it; the endpoint picker chooses the endpoint");
  }
}
