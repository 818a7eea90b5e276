import type { Break } from "./break";

export const backendPolicyCombinations: Break = {
  policy: "backend-policy-combinations",
  at: {
    type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    name: "cross-region-gateway-backend-policy",
  },
  change: { set: "spec.default.maxRatePerEndpoint", to: 10 },
  says: [
    {
      resource: "cross-region-gateway-backend-policy",
      message:
        'spec.default.maxRatePerEndpoint: 10 does not go with spec.default.trafficDuration "LONG"; ' +
        "remove it, a rate says nothing of requests that take long",
    },
  ],
};
