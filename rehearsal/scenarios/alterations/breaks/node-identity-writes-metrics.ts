import type { Break } from "./break";

export const nodeIdentityWritesMetrics: Break = {
  policy: "node-identity-writes-metrics",
  at: { type: "gcp:projects/iAMMember:IAMMember", name: "nodes-autoscaling.metricsWriter" },
  change: { set: "role", to: "roles/monitoring.viewer" },
  says: [
    {
      resource: "nodes",
      message:
        "accountId: nodes of gke-east and gke-west run as this account, which has no roles/autoscaling.metricsWriter, " +
        "so the load balancer gets no metric to balance on; give it to this account with an IAM member of the project",
    },
  ],
};
