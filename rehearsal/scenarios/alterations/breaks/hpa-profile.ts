import type { Break } from "./break";

export const hpaProfile: Break = {
  policy: "hpa-profile",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { unset: "podAutoscaling" },
  says: [
    {
      resource: "gke-east",
      message:
        "podAutoscaling.hpaProfile: is not set, so GKE may send no metric of the pods to the load balancer; set it to " +
        '"PERFORMANCE"',
    },
  ],
};
