import type { Break } from "./break";

export const twoRegions: Break = {
  policy: "two-regions",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { set: "location", to: "europe-west3" },
  follows: {
    at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
    set: "nodeLocations",
    to: ["europe-west3-a", "europe-west3-b"],
  },
  says: [
    {
      resource: "gke-east-pool",
      message:
        "metadata.name: pool inference/vllm-llama3-8b-instruct is in 1 of the 2 regions that it needs (clusters: gke-east " +
        "in europe-west3, gke-west in europe-west3); create it in a cluster of 1 more region",
    },
  ],
};
