import type { Break } from "./break";

export const nodeAutoRepair: Break = {
  policy: "node-auto-repair",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { set: "management.autoRepair", to: false },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        "management.autoRepair: is false, so a node with a broken GPU or a full disk stays in the pool; remove it or set it " +
        "to true",
    },
  ],
};
