import type { Break } from "./break";

export const noDryRunInProduction: Break = {
  policy: "no-dry-run-in-production",
  stack: "prod",
  at: {
    type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    name: "cross-region-gateway-backend-policy",
  },
  change: { set: "spec.default.customMetrics.0.dryRun", to: true },
  says: [
    {
      resource: "cross-region-gateway-backend-policy",
      message:
        "spec.default.customMetrics[0].dryRun: true keeps the production stack prod from balancing on it; set it to false",
    },
  ],
};
