import type { Break } from "./break";

export const gatewayClassAllowed: Break = {
  policy: "gateway-class-allowed",
  at: { type: "kubernetes:gateway.networking.k8s.io/v1:Gateway", name: "cross-region-gateway" },
  change: { set: "spec.gatewayClassName", to: "gke-l7-cross-regional-internal-managed" },
  says: [
    {
      resource: "cross-region-gateway",
      message:
        'spec.gatewayClassName: "gke-l7-cross-regional-internal-managed" is not a class for inference pools across ' +
        "regions; did you mean gke-l7-cross-regional-internal-managed-mc?",
    },
  ],
};
