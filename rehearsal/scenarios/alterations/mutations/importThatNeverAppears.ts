import { alter, at } from "../alter";

alter(
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::cross-region-gateway-route",
  ({ props, opts }) => {
    at(props, "spec", "rules", 0, "backendRefs", 0).name = "llama3-8b-instruct"; // the how-to's objective names it so
    opts.customTimeouts = { create: "8s" };
  },
);
