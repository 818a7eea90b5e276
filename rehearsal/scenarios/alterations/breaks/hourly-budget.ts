import type { Break } from "./break";

export const hourlyBudget: Break = {
  policy: "hourly-budget",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { set: "autoscaling.totalMaxNodeCount", to: 100 },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        "autoscaling.totalMaxNodeCount: the stack costs up to 71.88 $/h, more than its budget of 50 $/h (the dearest: " +
        "gke-east-gpu 100 x g2-standard-8 spot = 65.80, gke-east-system 6 x e2-standard-8 = 2.28, " +
        "gke-west-system 6 x e2-standard-8 = 2.28; highest list prices of any region, 2026-07-30); " +
        "lower these sizes, or set hourlyUsd if it may cost that much",
    },
  ],
};
