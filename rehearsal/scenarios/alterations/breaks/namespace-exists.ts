import type { Break } from "./break";

export const namespaceExists: Break = {
  policy: "namespace-exists",
  at: {
    type: "kubernetes:monitoring.googleapis.com/v1:PodMonitoring",
    name: "gke-east-monitoring",
  },
  change: { set: "metadata.namespace", to: "monitoring" },
  says: [
    {
      resource: "gke-east-monitoring",
      message:
        'metadata.namespace: cluster gke-east has no namespace "monitoring"; create it there',
    },
  ],
};
