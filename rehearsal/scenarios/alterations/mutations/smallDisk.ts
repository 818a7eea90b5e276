import { alter, at } from "../alter";

alter("gcp:container/nodePool:NodePool::gke-east-gpu", ({ props }) => {
  at(props, "nodeConfig").diskSizeGb = 100; // GKE's default
});

alter("kubernetes:apps/v1:Deployment::gke-east", ({ opts }) => {
  opts.customTimeouts = { create: "30s" };
});
