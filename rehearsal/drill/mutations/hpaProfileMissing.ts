import { alter } from "../alter";

alter("gcp:container/cluster:Cluster::gke-east", ({ props }) => {
  delete props.podAutoscaling;
});
