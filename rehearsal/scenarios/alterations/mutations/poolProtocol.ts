import { alter, at } from "../alter";

alter("kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-east-pool", ({ props }) => {
  at(props, "spec").appProtocol = "http"; // as the chart v1.5.0 has it
});
