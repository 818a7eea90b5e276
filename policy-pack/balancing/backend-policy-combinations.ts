import { GCP_BACKEND_POLICY } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import { beyondLimits, reliability, resourcePolicy } from "../frame";

import { inferenceBackendPolicies } from "./backendPolicy";
import { clashes } from "./backendPolicyClashes";
import {
  BACKEND_POLICY_LIMITS,
  BACKEND_POLICY_LIMITS_AND_UTILIZATION,
} from "./backendPolicyLimits";
import { selectorFindings } from "./scopeSelectors";

export const backendPolicyCombinations = resourcePolicy({
  name: "backend-policy-combinations",
  description:
    "A GCPBackendPolicy holds only values that GKE takes, each by itself and in combination.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Write what the message names. For answers that take seconds set trafficDuration to LONG and " +
    "balance on CUSTOM_METRICS, or on IN_FLIGHT with maxInFlightRequestsPerEndpoint; RATE and " +
    "maxRatePerEndpoint are for short requests only.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources",
  settings: {},
  judges: objectsOfKind(GCP_BACKEND_POLICY),

  *judge(resource) {
    const spec = resource.props.at("spec");
    // max-utilization-in-range judges the metrics' limit of these.
    const limits = inferenceBackendPolicies.matches(resource)
      ? BACKEND_POLICY_LIMITS
      : BACKEND_POLICY_LIMITS_AND_UTILIZATION;

    yield* beyondLimits(spec.at("default"), limits);
    yield* clashes(spec);
    yield* selectorFindings(spec.at("default", "scopes"));
  },
});
