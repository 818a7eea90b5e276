import type { Break } from "./break";

export const timeoutCoversP99: Break = {
  policy: "timeout-covers-p99",
  at: {
    type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    name: "cross-region-gateway-backend-policy",
  },
  change: { set: "spec.default.timeoutSec", to: 119 },
  says: [
    {
      resource: "cross-region-gateway-backend-policy",
      message: "spec.default.timeoutSec: 119 s is less than 2 x P99 (120 s); set it to 120 or more",
    },
  ],
};
