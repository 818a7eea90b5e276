import { alter, at } from "../alter";

alter("kubernetes:apps/v1:Deployment::gke-east", ({ props, opts }) => {
  at(props, "spec", "template", "spec", "containers", 0).image = "vllm/vllm-openai:v0.11.0";
  opts.customTimeouts = { create: "30s" };
});
