import type { Break } from "./break";

export const gatewayOnConfigCluster: Break = {
  policy: "gateway-on-config-cluster",
  at: { type: "gcp:gkehub/feature:Feature", name: "cross-region-gateway-multiclusteringress" },
  change: { unset: "spec.multiclusteringress.configMembership" },
  refusedByProvider: true,
  says: [
    {
      resource: "cross-region-gateway-multiclusteringress",
      message:
        "spec.multiclusteringress.configMembership: is not set, so no cluster's Gateways are read; set the config " +
        "cluster's membership",
    },
  ],
};

export const noGatewayController: Break = {
  policy: "gateway-on-config-cluster",
  at: { type: "gcp:gkehub/feature:Feature", name: "cross-region-gateway-multiclusteringress" },
  change: { drop: true },
  says: [
    {
      resource: "cross-region-gateway",
      message:
        'spec.gatewayClassName: nothing reads "gke-l7-cross-regional-internal-managed-mc", since this stack\'s fleet ' +
        "lacks multiclusteringress; enable that fleet feature",
    },
  ],
};
