import { alter } from "../alter";

alter("gcp:container/nodePool:NodePool::gke-east-gpu", ({ props }) => {
  delete props.nodeLocations; // all zones of the cluster, then
});
