import type { KubeObject } from "../../../emulator/kube/objects";

/** @param pool as written: `llama3-8b-instruct` */
export function inferenceObjective(pool = "llama3-8b-instruct"): KubeObject {
  return {
    apiVersion: "inference.networking.x-k8s.io/v1alpha2",
    kind: "InferenceObjective",
    metadata: { name: "food-review" },
    spec: { priority: 10, poolRef: { name: pool, group: "inference.networking.k8s.io" } },
  };
}
