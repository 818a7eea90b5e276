import { alter, at } from "../alter";

alter("gcp:container/nodePool:NodePool::gke-east-gpu", ({ props }) => {
  delete at(props, "nodeConfig").ephemeralStorageLocalSsdConfig;
});
