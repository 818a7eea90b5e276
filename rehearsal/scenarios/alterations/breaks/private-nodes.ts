import type { Break } from "./break";

export const privateNodes: Break = {
  policy: "private-nodes",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { set: "privateClusterConfig.enablePrivateNodes", to: false },
  says: [
    {
      resource: "gke-east",
      message:
        "privateClusterConfig.enablePrivateNodes: is false, so every node gets a public address; set it to true",
    },
  ],
};
