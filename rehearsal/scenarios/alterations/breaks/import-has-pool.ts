import type { Break } from "./break";

/** A policy left over from a pool of another name. */
export const importHasPool: Break = {
  policy: "import-has-pool",
  at: {
    type: "kubernetes:networking.gke.io/v1:HealthCheckPolicy",
    name: "cross-region-gateway-health-check",
  },
  change: {
    duplicate: "stray-health-check",
    set: { "metadata.name": "stray", "spec.targetRef.name": "llama3-8b-instruct" },
  },
  says: [
    {
      resource: "stray-health-check",
      message:
        'spec.targetRef.name: "llama3-8b-instruct" is no InferencePool in namespace inference; name one of these: ' +
        "inference/vllm-llama3-8b-instruct",
    },
  ],
};

/** The program makes what GKE makes. */
export const importMade: Break = {
  policy: "import-has-pool",
  at: { type: "kubernetes:inference.networking.k8s.io/v1:InferencePool", name: "gke-west-pool" },
  change: {
    duplicate: "import",
    as: "kubernetes:networking.gke.io/v1:GCPInferencePoolImport",
    set: { apiVersion: "networking.gke.io/v1", kind: "GCPInferencePoolImport" },
  },
  says: [
    {
      resource: "import",
      message:
        "kind: GKE makes each GCPInferencePoolImport itself, where a pool is exported; remove it from the program, and " +
        "export the InferencePool",
    },
  ],
};
