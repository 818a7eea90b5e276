import type { Break } from "./break";

export const monitoringSelectsPods: Break = {
  policy: "monitoring-selects-pods",
  at: {
    type: "kubernetes:monitoring.googleapis.com/v1:PodMonitoring",
    name: "gke-east-monitoring",
  },
  change: { set: "spec.endpoints.0.port", to: 8001 },
  says: [
    {
      resource: "gke-east-monitoring",
      message:
        "spec.endpoints[0].port: 8001 is no port of the pods of gke-east; use one of theirs: 8000 (http)",
    },
  ],
};
