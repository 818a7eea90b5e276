import type { Break } from "./break";

export const podReferencesExist: Break = {
  policy: "pod-references-exist",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: { set: "spec.template.spec.containers.0.env.0.valueFrom.secretKeyRef.key", to: "tokens" },
  says: [
    {
      resource: "gke-east",
      message:
        'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key: Secret "hf-token" has no key "tokens", so ' +
        'no pod starts; did you mean "token"?',
    },
  ],
};

export const podAccountMissing: Break = {
  policy: "pod-references-exist",
  at: { type: "kubernetes:core/v1:ServiceAccount", name: "gke-east-model-server" },
  change: { drop: true },
  says: [
    {
      resource: "gke-east",
      message:
        'spec.template.spec.serviceAccountName: no ServiceAccount "model-server-gke-east" is in namespace inference of ' +
        "cluster gke-east, so no pod is made; create it, or name one that is there: " +
        '"vllm-llama3-8b-instruct-epp", "vllm-llama3-8b-instruct-metrics-reader-sa"',
    },
  ],
};
