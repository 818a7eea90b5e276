import type { Break } from "./break";

export const chartValues: Break = {
  policy: "chart-values",
  at: { type: "kubernetes:core/v1:Namespace", name: "gke-east" },
  change: {
    duplicate: "second-pool",
    as: "kubernetes:helm.sh/v3:Chart",
    set: {
      apiVersion: undefined,
      kind: undefined,
      metadata: undefined,
      chart: "oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool",
      version: "v1.5.0",
      values: {
        inferencePool: { modelServers: { matchLabels: { app: "second" } } },
        inferenceExtension: { monitoring: { gke: { enabled: true } } },
        provider: { name: "gke" },
      },
    },
  },
  says: [
    {
      resource: "second-pool",
      message:
        "values.inferenceExtension.monitoring.gke.enabled: the chart has no such value from v1.3.0 on, so nobody reads " +
        "the endpoint picker's metrics; set inferenceExtension.monitoring.prometheus.enabled in its place",
    },
  ],
};
