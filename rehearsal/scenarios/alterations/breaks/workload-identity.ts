import type { Break } from "./break";

export const workloadIdentity: Break = {
  policy: "workload-identity",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { set: "nodeConfig.workloadMetadataConfig.mode", to: "GCE_METADATA" },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        'nodeConfig.workloadMetadataConfig.mode: is "GCE_METADATA", so pods act as their node; set it to "GKE_METADATA"',
    },
  ],
};

export const oldMetadataEndpoints: Break = {
  policy: "workload-identity",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { set: "nodeConfig.metadata[disable-legacy-endpoints]", to: "false" },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        'nodeConfig.metadata["disable-legacy-endpoints"]: is "false", so pods may read their node\'s credentials without ' +
        'the usual header; remove it or set it to "true"',
    },
  ],
};
