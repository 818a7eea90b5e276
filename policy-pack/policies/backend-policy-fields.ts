/**
 * A GCPBackendPolicy holds only fields that GKE knows, where GKE looks for them.
 *
 * @name backend-policy-fields
 * @severity critical
 * @level mandatory
 * @framework Reliability
 * @remediation Write the field that the message names in its place. The API server drops a field
 * it does not know without a word on the first update, and refuses every later one.
 * @link https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources
 */
import {
  balancingPlaces,
  GCP_BACKEND_POLICY_SPEC,
  INFERENCE_KINDS,
  SCOPABLE,
  SCOPED_KINDS,
} from "../support/backendPolicy";
import { type Finding, violation } from "../support/finding";
import { reliability } from "../support/framework";
import { objectsOfKind } from "../support/kubernetesObject";
import { GCP_BACKEND_POLICY } from "../support/names";
import { resourcePolicy } from "../support/policy";
import { misfits } from "../support/shape";
import type { Value } from "../support/value";

const TOP_LEVEL = ["apiVersion", "kind", "metadata", "spec", "status"];

export const backendPolicyFields = resourcePolicy({
  name: "backend-policy-fields",
  description: "A GCPBackendPolicy holds only fields that GKE knows, where GKE looks for them.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Write the field that the message names in its place. The API server drops a field it does " +
    "not know without a word on the first update, and refuses every later one.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources",
  settings: {},
  judges: objectsOfKind(GCP_BACKEND_POLICY, { patches: true }),

  *judge({ props, type }) {
    const spec = props.at("spec");
    const partial = type.endsWith("Patch");
    yield* topLevelFindings(props, partial);
    yield* misfits(spec, GCP_BACKEND_POLICY_SPEC, { spec: GCP_BACKEND_POLICY_SPEC, partial });
    yield* eitherOrFindings(spec);
    yield* targetFindings(spec);
  },
});

function* topLevelFindings(props: Value, partial: boolean): Generator<Finding> {
  for (const [name, field] of props.fields ?? []) {
    if (!TOP_LEVEL.includes(name) && !field.absent) {
      const home = Object.hasOwn(GCP_BACKEND_POLICY_SPEC.fields, name) ? `spec.${name}` : "spec";
      yield violation(field, "there is no such field here", `write it as ${home}`);
    }
  }
  const spec = props.at("spec");
  if (spec.absent && !partial) {
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
