import { alter } from "../alter";

alter("gcp:compute/subnetwork:Subnetwork::us-east4-proxy", ({ props }) => {
  delete props.purpose;
  delete props.role;
});
alter("kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway", ({ opts }) => {
  opts.customTimeouts = { create: "8s" };
});
