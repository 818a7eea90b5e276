import { alter } from "../alter";

// Left out, GKE would switch it on by itself, from 1.35 on.
alter("gcp:container/cluster:Cluster::gke-east", ({ props }) => {
  props.podAutoscaling = { hpaProfile: "NONE" };
});
