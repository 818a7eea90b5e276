import type { Break } from "./break";

export const budgetSelectsPods: Break = {
  policy: "budget-selects-pods",
  at: { type: "kubernetes:policy/v1:PodDisruptionBudget", name: "gke-east" },
  change: { set: "spec.maxUnavailable", to: 0 },
  says: [
    {
      resource: "gke-east",
      message:
        "spec.maxUnavailable: 0 lets no pod go, so no drain of a node ever ends; set it to 1 or more",
    },
  ],
};

export const serversWithoutBudget: Break = {
  policy: "budget-selects-pods",
  stack: "prod",
  at: { type: "kubernetes:policy/v1:PodDisruptionBudget", name: "gke-east" },
  change: { drop: true },
  says: [
    {
      resource: "gke-east",
      level: "advisory",
      message:
        "spec.replicas: no PodDisruptionBudget selects these 6 model servers, so an upgrade of nodes may take all of " +
        "them at once; create one with maxUnavailable 1",
    },
  ],
};
