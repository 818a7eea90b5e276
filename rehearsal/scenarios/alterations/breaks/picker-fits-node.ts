import type { Break } from "./break";

export const pickerFitsNode: Break = {
  policy: "picker-fits-node",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east-epp" },
  change: { set: "spec.template.spec.containers.0.resources.requests.cpu", to: "8" },
  says: [
    {
      resource: "gke-east-epp",
      message:
        "spec.template.spec.containers[0].resources.requests: no node pool of cluster gke-east takes a pod that " +
        "requests 8 CPUs and 8 GiB (gke-east-gpu has GPUs, gke-east-system is of e2-standard-8); " +
        "add a node pool without GPUs whose machines have more than that",
    },
  ],
};
