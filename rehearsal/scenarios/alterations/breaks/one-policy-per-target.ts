import type { Break } from "./break";

export const onePolicyPerTarget: Break = {
  policy: "one-policy-per-target",
  at: {
    type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    name: "cross-region-gateway-backend-policy",
  },
  change: { duplicate: "second-policy", set: { "metadata.name": "second" } },
  says: [
    {
      resource: "second-policy",
      message:
        "spec.targetRef: GCPInferencePoolImport inference/vllm-llama3-8b-instruct has a GCPBackendPolicy already, " +
        "cross-region-gateway-backend-policy, and GKE applies one only; merge the two into one",
    },
  ],
};
