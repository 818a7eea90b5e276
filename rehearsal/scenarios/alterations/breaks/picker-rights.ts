import type { Break } from "./break";

const PATH = "spec.template.spec.serviceAccountName";

export const pickerRights: Break = {
  policy: "picker-rights",
  at: { type: "kubernetes:rbac.authorization.k8s.io/v1:Role", name: "gke-east-epp-sa" },
  change: { set: "rules.0.verbs", to: ["get"] },
  says: [
    {
      resource: "gke-east-epp",
      message:
        `${PATH}: "vllm-llama3-8b-instruct-epp" may not list or watch pods, so the endpoint picker never gets ready; ` +
        'bind it to a Role in the pool\'s namespace with apiGroups [""], resources ["pods"] and verbs ["list","watch"]',
    },
  ],
};

export const pickerWithoutLease: Break = {
  policy: "picker-rights",
  stack: "prod",
  at: {
    type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    name: "gke-east-epp-leader-election",
  },
  change: { drop: true },
  says: [
    {
      resource: "gke-east-epp",
      message:
        `${PATH}: "vllm-llama3-8b-instruct-epp" may not get or create or update leases, so no endpoint picker ever ` +
        'leads; bind it to a Role in the pool\'s namespace with apiGroups ["coordination.k8s.io"], resources ' +
        '["leases"] and verbs ["get","create","update"]',
    },
  ],
};
