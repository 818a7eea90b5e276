import type { Break } from "./break";

const at = {
  type: "kubernetes:networking.gke.io/v1:HealthCheckPolicy",
  name: "cross-region-gateway-health-check",
};

export const otherPort: Break = {
  policy: "health-check-matches-pool",
  at,
  change: { set: "spec.default.config.httpHealthCheck.port", to: 9003 },
  says: ["gke-east-pool", "gke-west-pool"].map((pool) => ({
    resource: at.name,
    message:
      `spec.default.config.httpHealthCheck.port: 9003 is no port of InferencePool ${pool}, which has 8000; ` +
      'use one that the pool has, or portSpecification "USE_SERVING_PORT" and no port',
  })),
};

export const noHealthCheck: Break = {
  policy: "health-check-matches-pool",
  at,
  change: { drop: true },
  says: [
    {
      resource: "cross-region-gateway-route",
      message:
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "vllm-llama3-8b-instruct" has no HealthCheckPolicy in this ' +
        "namespace; add one: without it Google Cloud asks for /, which model servers do not answer",
    },
  ],
};

export const otherPath: Break = {
  policy: "health-check-matches-pool",
  at,
  change: { set: "spec.default.config.httpHealthCheck.requestPath", to: "/ready" },
  says: [
    {
      resource: at.name,
      message:
        'spec.default.config.httpHealthCheck.requestPath: "/ready" is not where vLLM v0.18.1 says whether it is well; ' +
        'write "/health"',
    },
  ],
};
