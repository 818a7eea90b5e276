import type { Break } from "./break";

const at = {
  type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  name: "cross-region-gateway-route",
};

export const routeOfOtherGateway: Break = {
  policy: "route-attached",
  at,
  change: { set: "spec.parentRefs.0.name", to: "cross-regional-gateway" },
  says: [
    {
      resource: at.name,
      message:
        'spec.parentRefs[0].name: "cross-regional-gateway" is no Gateway in namespace inference of cluster gke-west; ' +
        "did you mean cross-region-gateway?",
    },
  ],
};

/** A pool of one cluster behind the Gateway of all. */
export const routeToLocalPool: Break = {
  policy: "route-attached",
  at,
  change: { set: "spec.rules.0.backendRefs.0.kind", to: "InferencePool" },
  says: [
    {
      resource: at.name,
      message:
        'spec.rules[0].backendRefs[0].kind: "InferencePool" is no backend of a Gateway for several clusters; write ' +
        '"GCPInferencePoolImport" and its group, "networking.gke.io"',
    },
  ],
};

export const noRoute: Break = {
  policy: "route-attached",
  at,
  change: { drop: true },
  says: [
    {
      resource: "cross-region-gateway",
      message:
        "metadata.name: no HTTPRoute of this cluster names this Gateway, so it serves no pool; add a route with this " +
        "name in parentRefs",
    },
  ],
};
