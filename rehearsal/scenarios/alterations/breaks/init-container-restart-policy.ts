import type { Break } from "./break";

/** The container of the released manifest whose pods never start. */
const loraSyncer = {
  name: "lora-adapter-syncer",
  image:
    "us-central1-docker.pkg.dev/k8s-staging-images/gateway-api-inference-extension/lora-syncer:v1.1.0",
  restartPolicy: "IfNotPresent",
};

export const initContainerRestartPolicy: Break = {
  policy: "init-container-restart-policy",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: { set: "spec.template.spec.initContainers", to: [loraSyncer] },
  says: [
    {
      resource: "gke-east",
      message:
        'spec.template.spec.initContainers[0].restartPolicy: "IfNotPresent", a value of imagePullPolicy, is refused ' +
        "from Kubernetes 1.35 on, and dropped without a word before: a sidecar is then waited for until it ends, and the " +
        "pod hangs in Init; " +
        'write "Always" for a sidecar, else leave it out',
    },
  ],
};
