import type { Break } from "./break";

export const pickerHighlyAvailable: Break = {
  policy: "picker-highly-available",
  stack: "prod",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east-epp" },
  change: { set: "spec.replicas", to: 1 },
  says: [
    {
      resource: "gke-east-epp",
      level: "advisory",
      message:
        "spec.replicas: is 1 in the production stack prod, so none stands by; set it to 2, with " +
        "--ha-enable-leader-election",
    },
  ],
};

export const pickersWithoutLeader: Break = {
  policy: "picker-highly-available",
  at: pickerHighlyAvailable.at,
  change: { set: "spec.replicas", to: 2 },
  says: [
    {
      resource: "gke-east-epp",
      level: "advisory",
      message:
        "spec.template.spec.containers[0].args: 2 pickers without --ha-enable-leader-election do not know of each " +
        'other\'s choices; add "--ha-enable-leader-election"',
    },
  ],
};
