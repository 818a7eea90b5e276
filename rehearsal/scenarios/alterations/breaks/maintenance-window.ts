import type { Break } from "./break";

export const maintenanceWindow: Break = {
  policy: "maintenance-window",
  stack: "prod",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { unset: "maintenancePolicy" },
  says: [
    {
      resource: "gke-east",
      level: "advisory",
      message:
        "maintenancePolicy: is not set, so GKE upgrades the cluster at any hour of any day; set its recurringWindow",
    },
  ],
};
