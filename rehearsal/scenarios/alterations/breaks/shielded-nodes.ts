import type { Break } from "./break";

export const shieldedNodes: Break = {
  policy: "shielded-nodes",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { unset: "nodeConfig.shieldedInstanceConfig.enableSecureBoot" },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        "nodeConfig.shieldedInstanceConfig.enableSecureBoot: is not set, so nodes start unsigned drivers and boot loaders " +
        "too; set it to true",
    },
  ],
};
