import type { Break } from "./break";

export const poolExported: Break = {
  policy: "pool-exported",
  at: { type: "kubernetes:inference.networking.k8s.io/v1:InferencePool", name: "gke-east-pool" },
  change: { unset: "metadata.annotations[networking.gke.io/export]" },
  says: [
    {
      resource: "gke-east-pool",
      message:
        'metadata.annotations["networking.gke.io/export"]: is not set, so no gateway sees this pool; set it to "True", ' +
        "a text with a capital T",
    },
  ],
};
