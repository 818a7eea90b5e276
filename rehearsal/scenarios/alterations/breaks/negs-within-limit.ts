import type { Break } from "./break";

/**
 * No smaller change goes beyond 50 groups: the other cluster needs 3, and a region has 3 zones. The ports are all one:
 * the firewall has to let in every other.
 */
export const negsWithinLimit: Break = {
  policy: "negs-within-limit",
  at: { type: "kubernetes:inference.networking.k8s.io/v1:InferencePool", name: "gke-east-pool" },
  change: {
    set: "spec.targetPorts",
    to: Array.from({ length: 16 }, () => ({ number: 8000 })),
  },
  says: [
    {
      resource: "gke-east-pool",
      message:
        "spec.targetPorts: the pool needs 51 groups (ports x zones: gke-east 16 x 3 + gke-west 1 x 3); up to 50 are " +
        "allowed, so take fewer ports, zones or clusters",
    },
  ],
};
