import type { Break } from "./break";

const picker = { type: "kubernetes:apps/v1:Deployment", name: "gke-east-epp" };
const CONTAINER = "spec.template.spec.containers[0]";

export const pickerProbed: Break = {
  policy: "picker-probed",
  at: picker,
  change: { set: "spec.template.spec.containers.0.readinessProbe.grpc.port", to: 9002 },
  says: [
    {
      resource: "gke-east-epp",
      message:
        `${CONTAINER}.readinessProbe.grpc.port: the endpoint picker does not answer at 9002; ` +
        "set it to its health port, 9003",
    },
  ],
};

export const pickerProbedAsLeader: Break = {
  policy: "picker-probed",
  stack: "prod",
  at: picker,
  change: { set: "spec.template.spec.containers.0.livenessProbe.grpc.service", to: "readiness" },
  says: [
    {
      resource: "gke-east-epp",
      message:
        `${CONTAINER}.livenessProbe.grpc.service: with "readiness", the kubelet restarts every picker but the leader; ` +
        'set it to "liveness"',
    },
  ],
};
