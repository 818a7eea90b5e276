import type { Break } from "./break";

export const prioritiesNeedFlowControl: Break = {
  policy: "priorities-need-flow-control",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east-epp" },
  change: {
    set: "spec.template.spec.containers.0.args.9",
    to: "/config/default-plugins.yaml",
  },
  says: [
    {
      resource: "gke-east-food-review",
      level: "advisory",
      message:
        "spec.priority: 10 has no effect, because the endpoint picker gke-east-epp runs without flow control; add " +
        "flowControl to featureGates of its EndpointPickerConfig, or leave the priority out",
    },
  ],
};
