import type { Break } from "./break";

export const vpcNative: Break = {
  policy: "vpc-native",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { unset: "ipAllocationPolicy.servicesSecondaryRangeName" },
  says: [
    {
      resource: "gke-east",
      message:
        "ipAllocationPolicy.servicesSecondaryRangeName: is not set, so GKE picks a range for services, which may collide with " +
        "others; name the subnet's secondary range for services",
    },
  ],
};
