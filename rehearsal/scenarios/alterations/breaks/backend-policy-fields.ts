import type { Break } from "./break";

export const backendPolicyFields: Break = {
  policy: "backend-policy-fields",
  at: {
    type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    name: "cross-region-gateway-backend-policy",
  },
  change: { set: "spec.default.dryRun", to: true },
  says: [
    {
      resource: "cross-region-gateway-backend-policy",
      message:
        "spec.default.dryRun: there is no such field here; dryRun belongs in spec.default.customMetrics[] or " +
        "spec.default.scopes[].customMetrics[]",
    },
  ],
};
