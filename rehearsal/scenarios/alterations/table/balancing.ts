import type { Alteration } from "../alteration";
import { backendPolicy, healthCheck } from "./resources";

const LIMIT = "spec.default.customMetrics[0].maxUtilizationPercent";

export const balancingAlterations: readonly Alteration[] = [
  {
    name: "rateWithLongTraffic",
    edits: [{ at: backendPolicy, set: "spec.default.maxRatePerEndpoint", to: 10 }],
    policy: {
      name: "backend-policy-combinations",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            'spec.default.maxRatePerEndpoint: 10 does not go with spec.default.trafficDuration "LONG"; ' +
            "remove it; a rate says nothing about requests that take long",
        },
      ],
    },
  },
  {
    name: "dryRunInWrongPlace",
    edits: [{ at: backendPolicy, set: "spec.default.dryRun", to: true }],
    policy: {
      name: "backend-policy-fields",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            "spec.default.dryRun: there is no such field here; dryRun belongs in spec.default.customMetrics[] or " +
            "spec.default.scopes[].customMetrics[]",
        },
      ],
    },
  },
  {
    name: "noCapacity",
    edits: [{ at: backendPolicy, set: "spec.default.capacityScalerPercent", to: 0 }],
    policy: {
      name: "capacity-left",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            "spec.default.capacityScalerPercent: 0 leaves no backend any capacity; " +
            "set it above 0, or drain single regions in spec.default.scopes",
        },
      ],
    },
  },
  {
    name: "everyRegionDrained",
    edits: [
      {
        at: backendPolicy,
        set: "spec.default.scopes",
        to: ["europe-west3", "us-east4"].map((region) => ({
          selector: { "gke.io/region": region },
          capacityScalerPercent: 0,
        })),
      },
    ],
    policy: {
      name: "capacity-left",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            "spec.default.scopes: drain every cluster of the pool (gke-east, gke-west), so nothing serves it; " +
            "give at least one of them a capacityScalerPercent above 0",
        },
      ],
    },
  },
  {
    name: "healthCheckAtOtherPort",
    edits: [{ at: healthCheck, set: "spec.default.config.httpHealthCheck.port", to: 9003 }],
    policy: {
      name: "health-check-matches-pool",
      says: ["gke-east-pool", "gke-west-pool"].map((pool) => ({
        resource: "cross-region-gateway-health-check",
        message:
          `spec.default.config.httpHealthCheck.port: 9003 is not a port of InferencePool ${pool}, which has 8000; ` +
          'use one that the pool has, or portSpecification "USE_SERVING_PORT" and no port',
      })),
    },
  },
  {
    name: "noHealthCheck",
    edits: [{ at: healthCheck, drop: true }],
    policy: {
      name: "health-check-matches-pool",
      says: [
        {
          resource: "cross-region-gateway-route",
          message:
            'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "vllm-llama3-8b-instruct" has no HealthCheckPolicy in this ' +
            "namespace; add one: without it Google Cloud asks for /, which model servers do not answer",
        },
      ],
    },
  },
  {
    name: "healthCheckAtOtherPath",
    edits: [
      { at: healthCheck, set: "spec.default.config.httpHealthCheck.requestPath", to: "/ready" },
    ],
    policy: {
      name: "health-check-matches-pool",
      says: [
        {
          resource: "cross-region-gateway-health-check",
          message:
            'spec.default.config.httpHealthCheck.requestPath: "/ready" is not a health path of ' +
            'vLLM v0.18.1; write "/health"',
        },
      ],
    },
  },
  {
    name: "maxUtilizationUnset",
    edits: [{ at: backendPolicy, unset: LIMIT }],
    policy: {
      name: "max-utilization-in-range",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message: `${LIMIT}: is not set, so GKE takes 80; set it to a whole number in 30..85`,
        },
      ],
    },
  },
  {
    name: "maxUtilizationInProduction",
    stack: "prod",
    edits: [{ at: backendPolicy, set: LIMIT, to: 61 }],
    policy: {
      name: "max-utilization-in-range",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            `${LIMIT}: 61 is not in 30..60 in the production stack prod; ` +
            "set it to a whole number in 30..60 in the production stack prod",
        },
      ],
    },
  },
  {
    name: "noMetricToBalanceOn",
    edits: [{ at: backendPolicy, set: "spec.default.customMetrics", to: [] }],
    policy: {
      name: "max-utilization-in-range",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            "spec.default.customMetrics: is empty although balancingMode is CUSTOM_METRICS, so there is no limit; name the " +
            "metric to balance on, with maxUtilizationPercent in 30..85",
        },
      ],
    },
  },
  {
    name: "dryRunInProduction",
    stack: "prod",
    edits: [{ at: backendPolicy, set: "spec.default.customMetrics[0].dryRun", to: true }],
    policy: {
      name: "no-dry-run-in-production",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            "spec.default.customMetrics[0].dryRun: true keeps the production stack prod from balancing on it; set it to false",
        },
      ],
    },
  },
  {
    name: "secondBackendPolicy",
    edits: [{ at: backendPolicy, duplicate: "second-policy", with: { "metadata.name": "second" } }],
    policy: {
      name: "one-policy-per-target",
      says: [
        {
          resource: "second-policy",
          message:
            "spec.targetRef: GCPInferencePoolImport inference/vllm-llama3-8b-instruct has a GCPBackendPolicy already, " +
            "cross-region-gateway-backend-policy, and GKE applies one only; merge the two into one",
        },
      ],
    },
  },
  // A second policy, for what was to be the other kind of pool.
  {
    name: "unknownTargetKind",
    edits: [
      {
        at: backendPolicy,
        duplicate: "stray-backend-policy",
        with: { "metadata.name": "stray", "spec.targetRef.kind": "GCPInferencePoolImports" },
      },
    ],
    policy: {
      name: "policy-target-known",
      says: [
        {
          resource: "stray-backend-policy",
          message:
            'spec.targetRef.kind: "GCPInferencePoolImports" is not a kind that such a policy attaches to; did you mean ' +
            "GCPInferencePoolImport?",
        },
      ],
    },
  },
  {
    name: "noBackendPolicy",
    edits: [{ at: backendPolicy, drop: true }],
    policy: {
      name: "routed-pool-balanced",
      says: [
        {
          resource: "cross-region-gateway-route",
          message:
            'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "vllm-llama3-8b-instruct" has no GCPBackendPolicy in this ' +
            "namespace; add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing",
        },
      ],
    },
  },
  {
    name: "shortTimeout",
    edits: [{ at: backendPolicy, set: "spec.default.timeoutSec", to: 119 }],
    policy: {
      name: "timeout-covers-p99",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            "spec.default.timeoutSec: 119 s is less than 2 x P99 (120 s); set it to 120 or more",
        },
      ],
    },
  },

  // As the how-to has it.
  {
    name: "unknownField",
    edits: [{ at: backendPolicy, rename: LIMIT, as: "maxUtilization" }],
    cloud: {
      fails: "up",
      says: /GCPBackendPolicy\)[^.]*\.spec\.default\.customMetrics\[0\]\.maxUtilization: field not declared in schema/,
    },
  },
];
