import type { Break } from "./break";

export const natForPrivateNodes: Break = {
  policy: "nat-for-private-nodes",
  at: { type: "gcp:compute/routerNat:RouterNat", name: "network-us-east4" },
  change: { set: "region", to: "us-west1" },
  says: [
    {
      resource: "gke-east",
      message:
        "privateClusterConfig.enablePrivateNodes: region us-east4 of VPC network has no Cloud NAT, so these nodes pull " +
        "neither images nor weights; add a RouterNat on a router of us-east4 in that VPC",
    },
  ],
};
