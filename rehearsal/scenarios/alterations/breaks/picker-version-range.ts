import type { Break } from "./break";

export const pickerVersionRange: Break = {
  policy: "picker-version-range",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east-epp" },
  change: {
    set: "spec.template.spec.containers.0.image",
    to: "registry.k8s.io/gateway-api-inference-extension/epp:v1.6.0",
  },
  says: [
    {
      resource: "gke-east-epp",
      message:
        "spec.template.spec.containers[0].image: v1.6.0 is not below 1.6.0: from 1.6.0 on there is no endpoint picker " +
        "and no chart, they went to llm-d; use a tag in v1.4.0 up to, but not with, v1.6.0",
    },
  ],
};
