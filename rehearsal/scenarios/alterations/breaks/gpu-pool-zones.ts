import type { Break } from "./break";

export const gpuPoolZones: Break = {
  policy: "gpu-pool-zones",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { unset: "nodeLocations" },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        "nodeLocations: is not set, so the pool gets the zones of gke-east, and GKE may refuse it: some of us-east4 are " +
        "not known to have g2-standard-8; set it to us-east4-a, us-east4-c, or some of them",
    },
  ],
};
