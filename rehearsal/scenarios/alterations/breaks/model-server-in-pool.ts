import type { Break } from "./break";

export const modelServerInPool: Break = {
  policy: "model-server-in-pool",
  at: { type: "kubernetes:inference.networking.k8s.io/v1:InferencePool", name: "gke-east-pool" },
  change: { set: "spec.selector.matchLabels.app", to: "vllm-llama3-8b" },
  says: [
    {
      resource: "gke-east",
      message:
        "spec.template.metadata.labels: cluster gke-east has no pool inference/vllm-llama3-8b-instruct, which selects such " +
        "pods in cluster gke-west; create that pool here too, by the same name",
    },
    {
      resource: "gke-east-pool",
      message:
        'spec.selector.matchLabels: {"app":"vllm-llama3-8b"} selects no pods in namespace inference of cluster gke-east; ' +
        'write labels that the pods of gke-east have: {"app":"vllm-llama3-8b-instruct","inference.networking.k8...',
    },
  ],
};
