import { edited, without } from "../alter";
import { program } from "../program";
import { good, type WrongChange } from "./change";

export const networks: readonly WrongChange[] = [
  [
    "a Shared VPC with proxies in one region only",
    without(good("a Shared VPC, whose proxies and NAT are of the host project"), "ord-proxies"),
    [
      [
        "proxy-subnet-per-region",
        "ams-gateway-front",
        "spec.addresses[1]: region us-central1 has no subnet for the gateway's proxies; add a subnet there with purpose GLOBAL_MANAGED_PROXY and role ACTIVE",
      ],
    ],
  ],
  [
    "a NAT for another subnet",
    edited(
      good("a NAT that names its subnet by a link"),
      "ord-nat",
      "subnetworks.0.name",
      "projects/acme-ml/regions/us-central1/subnetworks/others",
    ),
    [
      [
        "nat-for-private-nodes",
        "ord-nat",
        'subnetworks: the subnet of cluster ord is not among these, so its nodes pull neither images nor weights; add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]',
      ],
    ],
  ],
  [
    "a NAT for no subnet",
    edited(good("a NAT that names its subnet by a link"), "ord-nat", "subnetworks", []),
    [
      [
        "nat-for-private-nodes",
        "ord-nat",
        'subnetworks: the subnet of cluster ord is not among these, so its nodes pull neither images nor weights; add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]',
      ],
    ],
  ],
  [
    "a NAT for pods alone",
    edited(program(), "ord-nat", "subnetworks.0.sourceIpRangesToNats", [
      "LIST_OF_SECONDARY_IP_RANGES",
    ]),
    [
      [
        "nat-for-private-nodes",
        "ord-nat",
        'subnetworks: the subnet of cluster ord is not among these, so its nodes pull neither images nor weights; add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]',
      ],
    ],
  ],
  [
    "a subnet among those of an auto mode network",
    edited(
      good("an auto mode network with ranges of its own"),
      "ord-nodes",
      "ipCidrRange",
      "10.140.0.0/20",
    ),
    [
      [
        "no-range-overlap",
        "ord-nodes",
        'ipCidrRange: "10.140.0.0/20" overlaps with 10.128.0.0/9, in which Google Cloud gives network backbone a subnet in each region; set autoCreateSubnetworks of the network to false, or use another range',
      ],
    ],
  ],
  [
    "the same where auto mode is the default",
    edited(
      edited(program(), "backbone", "autoCreateSubnetworks"),
      "ord-nodes",
      "ipCidrRange",
      "10.140.0.0/20",
    ),
    [
      [
        "no-range-overlap",
        "ord-nodes",
        'ipCidrRange: "10.140.0.0/20" overlaps with 10.128.0.0/9, in which Google Cloud gives network backbone a subnet in each region; set autoCreateSubnetworks of the network to false, or use another range',
      ],
    ],
  ],
];
