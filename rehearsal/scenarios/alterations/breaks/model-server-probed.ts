import type { Break } from "./break";

export const modelServerProbed: Break = {
  policy: "model-server-probed",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: { unset: "spec.template.spec.containers.0.readinessProbe" },
  says: [
    {
      resource: "gke-east",
      message:
        "spec.template.spec.containers[0].readinessProbe: is not set, so the server gets requests while it loads its " +
        "model; ask the server's health path, for example /health",
    },
  ],
};

export const probedElsewhere: Break = {
  policy: "model-server-probed",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: { set: "spec.template.spec.containers.0.readinessProbe.httpGet.path", to: "/healthz" },
  says: [
    {
      resource: "gke-east",
      message:
        'spec.template.spec.containers[0].readinessProbe.httpGet.path: "/healthz", where vLLM does not say how it is; ' +
        'write "/health"',
    },
  ],
};
