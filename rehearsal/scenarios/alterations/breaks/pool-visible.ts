import type { Break } from "./break";

export const poolVisible: Break = {
  policy: "pool-visible",
  at: { type: "kubernetes:core/v1:Namespace", name: "gke-east" },
  change: {
    duplicate: "second-pool",
    as: "kubernetes:helm.sh/v3:Release",
    set: {
      apiVersion: undefined,
      kind: undefined,
      metadata: undefined,
      chart: "oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool",
      version: "v1.5.0",
      values: {
        inferencePool: { modelServers: { matchLabels: { app: "second" } } },
        provider: { name: "gke" },
      },
    },
  },
  says: [
    {
      resource: "second-pool",
      message:
        "chart: no preview and no policy sees the objects of a Release, or exports its pool; install it by " +
        "helm.v4.Chart, with a transform, or register the objects themselves",
    },
  ],
};
