import type { Break } from "./break";

export const fleetRegisteredOnce: Break = {
  policy: "fleet-registered-once",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { set: "fleet", to: { project: "my-project-dev" } },
  says: [
    {
      resource: "gke-east",
      message:
        "fleet: registers the cluster although membership gke-east does; remove the fleet block or the membership",
    },
  ],
};
