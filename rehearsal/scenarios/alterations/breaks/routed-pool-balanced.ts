import type { Break } from "./break";

export const routedPoolBalanced: Break = {
  policy: "routed-pool-balanced",
  at: {
    type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    name: "cross-region-gateway-backend-policy",
  },
  change: { drop: true },
  says: [
    {
      resource: "cross-region-gateway-route",
      message:
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "vllm-llama3-8b-instruct" has no GCPBackendPolicy in this ' +
        "namespace; add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing",
    },
  ],
};
