import type { Break } from "./break";

export const proxySubnetPerRegion: Break = {
  policy: "proxy-subnet-per-region",
  // No subnet is asked of a region in which the Gateway has no address.
  alone: true,
  at: { type: "gcp:compute/subnetwork:Subnetwork", name: "us-east4-proxy" },
  change: { set: "ipCidrRange", to: "10.140.192.0/27" },
  says: [
    {
      resource: "us-east4-proxy",
      message:
        'ipCidrRange: "10.140.192.0/27" is smaller than /26; give it a range of /26 or larger, for example 10.9.0.0/23',
    },
  ],
};
