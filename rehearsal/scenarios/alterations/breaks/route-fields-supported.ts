import type { Break } from "./break";

const at = {
  type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  name: "cross-region-gateway-route",
};

export const routeFieldsSupported: Break = {
  policy: "route-fields-supported",
  at,
  change: { set: "spec.rules.0.timeouts", to: { request: "60s" } },
  says: [
    {
      resource: at.name,
      message:
        "spec.rules[0].timeouts: GKE takes no route with timeouts; remove it, and set timeoutSec in the " +
        "GCPBackendPolicy of the backend",
    },
  ],
};

/** A patch, which does not name the Gateway. */
export const routePatched: Break = {
  policy: "route-fields-supported",
  at,
  change: {
    duplicate: "cross-region-gateway-route-patch",
    as: `${at.type}Patch`,
    set: {
      spec: { rules: [{ matches: [{ path: { type: "RegularExpression", value: "^/.*$" } }] }] },
    },
  },
  says: [
    {
      resource: "cross-region-gateway-route-patch",
      message:
        "spec.rules[0].matches[0].path.type: GKE matches no regular expressions; write PathPrefix or Exact",
    },
  ],
};
