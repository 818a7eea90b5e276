import type { Break } from "./break";

export const deletionProtection: Break = {
  policy: "deletion-protection",
  stack: "prod",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { set: "deletionProtection", to: false },
  says: [
    {
      resource: "gke-east",
      message:
        "deletionProtection: is false, so the provider may delete a cluster of the production stack prod; remove it or set " +
        "it to true",
    },
  ],
};
