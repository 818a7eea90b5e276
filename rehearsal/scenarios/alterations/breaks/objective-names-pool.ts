import type { Break } from "./break";

export const objectiveNamesPool: Break = {
  policy: "objective-names-pool",
  at: {
    type: "kubernetes:inference.networking.x-k8s.io/v1alpha2:InferenceObjective",
    name: "gke-east-food-review",
  },
  change: { set: "spec.poolRef.name", to: "llama3-8b-instruct" },
  says: [
    {
      resource: "gke-east-food-review",
      message:
        'spec.poolRef.name: "llama3-8b-instruct" is no InferencePool in namespace inference of cluster gke-east; name one ' +
        "of these: inference/vllm-llama3-8b-instruct",
    },
  ],
};
