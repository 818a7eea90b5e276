import type { Break } from "./break";

export const pickerReachable: Break = {
  policy: "picker-reachable",
  at: { type: "kubernetes:inference.networking.k8s.io/v1:InferencePool", name: "gke-east-pool" },
  change: { set: "spec.endpointPickerRef.name", to: "vllm-llama3-8b-instruct-ep" },
  says: [
    {
      resource: "gke-east-pool",
      message:
        'spec.endpointPickerRef.name: "vllm-llama3-8b-instruct-ep" is no Service in namespace inference of cluster ' +
        "gke-east; did you mean vllm-llama3-8b-instruct-epp?",
    },
  ],
};

export const pickerServiceWithoutPods: Break = {
  policy: "picker-reachable",
  at: { type: "kubernetes:core/v1:Service", name: "gke-east-epp" },
  change: { set: "spec.selector.inferencepool", to: "vllm-llama3-8b-instruct" },
  says: [
    {
      resource: "gke-east-epp",
      message:
        'spec.selector: {"inferencepool":"vllm-llama3-8b-instruct"} selects no pods of this stack, and the gateway ' +
        "reaches no endpoint picker; use labels of the endpoint picker gke-east-epp: " +
        '{"inference.networking.k8s.io/igw-mode":"inferencepool","...',
    },
  ],
};

export const pickerAtAnotherPort: Break = {
  policy: "picker-reachable",
  at: pickerServiceWithoutPods.at,
  change: { set: "spec.ports.0.targetPort", to: "grpc-health" },
  says: [
    {
      resource: "gke-east-epp",
      message:
        'spec.ports[0].targetPort: "grpc-health" is no port at which the endpoint picker gke-east-epp listens; ' +
        "set targetPort to 9002",
    },
  ],
};
