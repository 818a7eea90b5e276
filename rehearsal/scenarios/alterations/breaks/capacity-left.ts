import type { Break } from "./break";

const at = {
  type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
  name: "cross-region-gateway-backend-policy",
};

export const noCapacity: Break = {
  policy: "capacity-left",
  at,
  change: { set: "spec.default.capacityScalerPercent", to: 0 },
  says: [
    {
      resource: at.name,
      message:
        "spec.default.capacityScalerPercent: 0 leaves no backend any capacity; " +
        "set it above 0, or drain single regions in spec.default.scopes",
    },
  ],
};

export const everyRegionDrained: Break = {
  policy: "capacity-left",
  at,
  change: {
    set: "spec.default.scopes",
    to: ["europe-west3", "us-east4"].map((region) => ({
      selector: { "gke.io/region": region },
      capacityScalerPercent: 0,
    })),
  },
  says: [
    {
      resource: at.name,
      message:
        "spec.default.scopes: drain every cluster of the pool (gke-east, gke-west), so nothing serves it; " +
        "give at least one of them a capacityScalerPercent above 0",
    },
  ],
};
