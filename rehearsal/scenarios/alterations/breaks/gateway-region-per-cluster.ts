import type { Break } from "./break";

export const gatewayRegionPerCluster: Break = {
  policy: "gateway-region-per-cluster",
  at: { type: "kubernetes:gateway.networking.k8s.io/v1:Gateway", name: "cross-region-gateway" },
  change: {
    set: "spec.addresses",
    to: [{ type: "networking.gke.io/ephemeral-ipv4-address/europe-west3", value: "europe-west3" }],
  },
  says: [
    {
      resource: "cross-region-gateway",
      level: "advisory",
      message:
        "spec.addresses: us-east4, where cluster gke-east serves, is not listed, so clients there cross regions; add " +
        "one of type networking.gke.io/ephemeral-ipv4-address/us-east4",
    },
  ],
};

export const addressOfOtherRegion: Break = {
  policy: "gateway-region-per-cluster",
  at: { type: "kubernetes:gateway.networking.k8s.io/v1:Gateway", name: "cross-region-gateway" },
  change: {
    set: "spec.addresses",
    to: [
      { type: "networking.gke.io/ephemeral-ipv4-address/europe-west3", value: "europe-west3" },
      { type: "networking.gke.io/ephemeral-ipv4-address/us-east4", value: "us-east1" },
    ],
  },
  says: [
    {
      resource: "cross-region-gateway",
      level: "advisory",
      message:
        'spec.addresses[1].value: "us-east1" is not the region of the type; write "us-east4"',
    },
  ],
};
