import { alter, at } from "../alter";

alter("kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-east-pool", ({ props }) => {
  delete at(props, "metadata").annotations;
});
