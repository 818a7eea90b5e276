import type { Alteration } from "../alteration";
import { cluster, firewall, gateway, nat, proxySubnet } from "./resources";

export const networkAlterations: readonly Alteration[] = [
  {
    name: "healthPortClosed",
    edits: [{ at: firewall, set: "allows[0].ports[2]", to: "9090" }],
    policy: {
      name: "load-balancer-firewall",
      says: [
        {
          resource: "network-load-balancer",
          message:
            "allows: lacks TCP 9003, the port of endpoint pickers' health, for 35.191.0.0/16, 130.211.0.0/22; add it",
        },
      ],
    },
  },
  {
    name: "healthChecksBlocked",
    edits: [
      {
        at: firewall,
        set: "sourceRanges",
        to: ["35.191.0.0/16", "10.80.192.0/23", "10.140.192.0/23"],
      },
    ],
    policy: {
      name: "load-balancer-firewall",
      says: [
        {
          resource: "network-load-balancer",
          message: "sourceRanges: lacks 130.211.0.0/22, which health checks come from; add it",
        },
      ],
    },
  },
  {
    name: "natInOtherRegion",
    edits: [{ at: nat, set: "region", to: "us-west1" }],
    policy: {
      name: "nat-for-private-nodes",
      says: [
        {
          resource: "gke-east",
          message:
            "privateClusterConfig.enablePrivateNodes: region us-east4 of VPC network has no Cloud NAT, so these nodes pull " +
            "neither images nor weights; add a RouterNat on a router of us-east4 in that VPC",
        },
      ],
    },
  },
  {
    name: "sameRangeTwice",
    edits: [{ at: proxySubnet, set: "ipCidrRange", to: "10.80.192.0/23" }],
    policy: {
      name: "no-range-overlap",
      says: [
        {
          resource: "us-east4-proxy",
          message:
            'ipCidrRange: "10.80.192.0/23" overlaps with "10.80.192.0/23", ipCidrRange of europe-west3-proxy; give each a ' +
            "range of its own",
        },
      ],
    },
  },
  {
    name: "otherVpc",
    edits: [{ at: cluster, set: "network", to: "default" }],
    policy: {
      name: "one-vpc",
      says: [
        {
          resource: "gke-east",
          message:
            "network: cluster gke-east is in VPC my-project-dev/default, but cluster gke-west is in VPC network; put both " +
            "in the same VPC",
        },
      ],
    },
  },
  {
    name: "publicNodes",
    edits: [{ at: cluster, set: "privateClusterConfig.enablePrivateNodes", to: false }],
    policy: {
      name: "private-nodes",
      says: [
        {
          resource: "gke-east",
          message:
            "privateClusterConfig.enablePrivateNodes: is false, so every node gets a public address; set it to true",
        },
      ],
    },
  },
  {
    name: "smallProxySubnet",
    edits: [{ at: proxySubnet, set: "ipCidrRange", to: "10.140.192.0/27" }],
    policy: {
      name: "proxy-subnet-per-region",
      // No subnet is asked of a region in which the Gateway has no address.
      alone: true,
      says: [
        {
          resource: "us-east4-proxy",
          message:
            'ipCidrRange: "10.140.192.0/27" is smaller than /26; give it a range of /26 or larger, for example 10.9.0.0/23',
        },
      ],
    },
  },
  {
    name: "servicesRangeUnset",
    edits: [{ at: cluster, unset: "ipAllocationPolicy.servicesSecondaryRangeName" }],
    policy: {
      name: "vpc-native",
      says: [
        {
          resource: "gke-east",
          message:
            "ipAllocationPolicy.servicesSecondaryRangeName: is not set, so GKE picks a range for services, which may collide with " +
            "others; name the subnet's secondary range for services",
        },
      ],
    },
  },

  {
    name: "missingProxySubnet",
    edits: [
      { at: proxySubnet, unset: "purpose" },
      { at: proxySubnet, unset: "role" },
    ],
    cloud: {
      edits: [{ at: gateway, timeouts: { create: "8s" } }],
      fails: "up",
      says: /region us-east4: .*none with purpose GLOBAL_MANAGED_PROXY and role ACTIVE/,
    },
  },
  // A range inside that of the cluster's nodes.
  {
    name: "overlappingRange",
    edits: [{ at: proxySubnet, set: "ipCidrRange", to: "10.140.144.0/23" }],
    cloud: {
      fails: "up",
      says: /10\.140\.144\.0\/2[03] conflicts with existing subnetwork '.*' in region 'us-east4'/,
    },
  },
  // The region has one.
  {
    name: "secondProxySubnet",
    edits: [{ at: proxySubnet, set: "region", to: "europe-west3" }],
    cloud: {
      fails: "up",
      says: /with purpose GLOBAL_MANAGED_PROXY already exists in region 'europe-west3'/,
    },
  },
];
