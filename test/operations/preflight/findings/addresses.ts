import { PROJECT } from "../project";
import { MADE, ONE_MADE, state } from "./made";
import { json, ok, problem, type Row, unknown } from "./row";

const RANGES =
  "10.80.0.0/17, 10.80.128.0/20, 10.80.144.0/20, 10.140.0.0/17, 10.140.128.0/20, 10.140.144.0/20, " +
  "10.80.192.0/23, 10.140.192.0/23";
const peering = (name: string, of: string) => ({
  name,
  network: `https://www.googleapis.com/compute/v1/projects/${of}/global/networks/${name}`,
});
const network = (...peerings: object[]) => ({ "/global/networks/": json({ peerings }) });
const subnet = (vpc: string, ipCidrRange: string, secondary?: string) => ({
  "/aggregated/subnetworks": json({
    items: {
      "regions/us-east4": {
        subnetworks: [
          {
            ...{ name: "theirs", network: `https://x/global/networks/${vpc}`, ipCidrRange },
            ...(secondary && { secondaryIpRanges: [{ ipCidrRange: secondary }] }),
          },
        ],
      },
    },
  }),
});

/** An update has made a subnet of gke-east, and failed at the cluster. */
const BEFORE_CLUSTER = [
  ...ONE_MADE,
  state("gcp:compute/subnetwork:Subnetwork", "network-gke-east", { name: "theirs" }),
];

export const addresses: Row[] = [
  ["a first update", "addresses", {}, [ok(`the VPC is new, so nothing overlaps: ${RANGES}`)]],
  ["all is made", "addresses", { resources: MADE }, [ok("every cluster has its ranges")]],
  [
    "a cluster is added",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(), ...subnet("network-1a2b3c4", "10.80.144.0/20") },
    },
    [ok("free in network-1a2b3c4")],
  ],
  [
    "a subnet that somebody put into the VPC overlaps",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(), ...subnet("network-1a2b3c4", "192.168.0.0/24", "10.140.64.0/18") },
    },
    [
      problem(
        "10.140.0.0/17 of gke-east overlaps 10.140.64.0/18, subnet theirs of network-1a2b3c4: give the cluster another `block`",
      ),
    ],
  ],
  [
    "the stack's own subnet is there before its cluster",
    "addresses",
    {
      resources: BEFORE_CLUSTER,
      answers: { ...network(), ...subnet("network-1a2b3c4", "10.140.128.0/20") },
    },
    [ok("free in network-1a2b3c4")],
  ],
  [
    "a subnet of that name in a peered VPC overlaps all the same",
    "addresses",
    {
      resources: BEFORE_CLUSTER,
      answers: { ...network(peering("other", PROJECT)), ...subnet("other", "10.140.128.0/20") },
    },
    [
      problem(
        "10.140.128.0/20 of gke-east overlaps 10.140.128.0/20, subnet theirs of other: give the cluster another `block`",
      ),
    ],
  ],
  [
    "a subnet of a VPC that nothing connects overlaps nothing",
    "addresses",
    { resources: ONE_MADE, answers: { ...network(), ...subnet("other", "10.140.0.0/16") } },
    [ok("free in network-1a2b3c4")],
  ],
  [
    "a peered VPC of the project overlaps",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(peering("other", PROJECT)), ...subnet("other", "10.140.192.0/24") },
    },
    [
      problem(
        "10.140.192.0/23 of proxies of us-east4 overlaps 10.140.192.0/24, subnet theirs of other: give the cluster another `block`",
      ),
    ],
  ],
  [
    "a peered VPC of another project",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(peering("hub", "corp")), ...subnet("x", "10.0.0.0/8") },
    },
    [
      ok("free in network-1a2b3c4"),
      unknown(
        `${peering("hub", "corp").network} of another project is peered: its ranges are not asked`,
        `gcloud compute networks peerings list-routes hub --network network-1a2b3c4 --direction INCOMING --region <region> --project ${PROJECT}`,
      ),
    ],
  ],
];
