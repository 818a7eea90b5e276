import { alter, at } from "../alter";

// The CRD takes it, GKE does not.
alter(
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::cross-region-gateway-route",
  ({ props }) => {
    at(props, "spec", "rules", 0).timeouts = { request: "60s" };
  },
);
