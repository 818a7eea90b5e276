import type { Break } from "./break";

/** Pods of the good stack ask for 60 GiB. */
export const diskTooSmall: Break = {
  policy: "gpu-pods-schedulable",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { set: "nodeConfig.diskSizeGb", to: 100 },
  says: [
    {
      resource: "gke-east",
      message:
        'spec.template.spec.containers[0].resources.requests["ephemeral-storage"]: no node takes these pods: a pod asks ' +
        "for 60 GiB of disk, but a node of gke-east-gpu leaves 43 GiB of its boot disk to pods; raise the pool's " +
        "diskSizeGb, or ask for less",
    },
  ],
};

export const classWithoutLabel: Break = {
  policy: "gpu-pods-schedulable",
  stack: "prod",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { unset: "nodeConfig.labels" },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        'nodeConfig.labels["cloud.google.com/compute-class"]: is not set, so ComputeClass "model-server" does not find ' +
        'the nodes of this pool; set it to "model-server"',
    },
  ],
};
