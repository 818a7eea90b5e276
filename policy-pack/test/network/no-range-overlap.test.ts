import { UNKNOWN } from "../support/unknown";
import { noRangeOverlap } from "../../network/no-range-overlap";
import { pending } from "../fixtures/messages";
import { changed, proxiesEu, proxiesUs, vpc } from "../fixtures/stack";
import { type Registered, runPolicies } from "../support/policies";

const VPC = "gcp:compute/network:Network::vpc";
const FORM = "write one with its prefix, for example 10.9.0.0/23";

async function findings(resources: readonly Registered[], firstPreview = false) {
  const violations = await runPolicies(resources, { policies: [noRangeOverlap], firstPreview });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

function subnet(name: string, inputs: object): Registered {
  return {
    type: "gcp:compute/subnetwork:Subnetwork",
    name,
    inputs: { network: UNKNOWN, region: "europe-west3", ...inputs },
    propertyDependencies: { network: [VPC] },
  };
}

function cluster(name: string, inputs: object, subnetwork = "nodes"): Registered {
  return {
    type: "gcp:container/cluster:Cluster",
    name,
    inputs: { network: UNKNOWN, subnetwork: UNKNOWN, ...inputs },
    propertyDependencies: {
      network: [VPC],
      subnetwork: [`gcp:compute/subnetwork:Subnetwork::${subnetwork}`],
    },
  };
}

const nodes = subnet("nodes", {
  ipCidrRange: "10.80.144.0/20",
  secondaryIpRanges: [
    { rangeName: "pods", ipCidrRange: "10.80.0.0/17" },
    { rangeName: "services", ipCidrRange: "10.80.128.0/20" },
  ],
});
const SECONDARY = "secondaryIpRanges.0.ipCidrRange";
const SECONDARY_PATH = "secondaryIpRanges[0].ipCidrRange";

const overlap = (path: string, given: string, other: string) =>
  `${path}: "${given}" overlaps with ${other}; give each a range of its own`;
const range = (ipCidrRange: string) => subnet("other", { ipCidrRange });

test.each([
  ["0.1.0.0/20", "0.0.0.0/8"],
  ["127.0.0.0/24", "127.0.0.0/8"],
  ["169.254.0.0/16", "169.254.0.0/16"],
  ["199.36.153.0/24", "199.36.153.4/30"],
  ["224.0.0.0/20", "224.0.0.0/4"],
])("fails %s, which Google Cloud reserves", async (given, reserved) => {
  expect(await findings([vpc, range(given)])).toEqual([
    [
      "mandatory",
      "other",
      `ipCidrRange: "${given}" has addresses of ${reserved}, which Google Cloud reserves; use another ` +
        "range, for example of 10.0.0.0/8",
    ],
  ]);
});

describe("an auto mode network", () => {
  const mode = (value?: unknown) => changed(vpc, "autoCreateSubnetworks", value);
  const taken = (path: string, given: string, resource: string) => [
    "mandatory",
    resource,
    `${path}: "${given}" overlaps with 10.128.0.0/9, in which Google Cloud gives network vpc a subnet ` +
      "in each region; set autoCreateSubnetworks of the network to false, or use another range",
  ];

  test.each([true, undefined, null])("takes its own ranges where the mode is %j", async (value) => {
    const subnets = [
      range("10.140.0.0/16"),
      subnet("z", { secondaryIpRanges: [{ ipCidrRange: "10.0.0.0/8" }] }),
    ];
    const found = await findings([mode(value), ...subnets], true);
    expect(found.filter(([, , message]) => String(message).includes("10.128.0.0/9"))).toEqual([
      taken("ipCidrRange", "10.140.0.0/16", "other"),
      taken("secondaryIpRanges[0].ipCidrRange", "10.0.0.0/8", "z"),
    ]);
  });

  test.each([
    ["ranges outside of them", mode(true), range("10.80.0.0/20")],
    ["a network in custom mode", mode(false), range("10.140.0.0/16")],
    ["a mode that is not known yet", mode(UNKNOWN), range("10.140.0.0/16")],
    [
      "another network",
      mode(true),
      { ...changed(range("10.140.0.0/16"), "network", "other"), propertyDependencies: {} },
    ],
  ])("passes %s", async (_, network, resource) => {
    expect(await findings([network, resource])).toEqual([]);
  });
});

test.each<[string, readonly Registered[]]>([
  ["ranges side by side", [nodes, range("10.80.160.0/20")]],
  [
    "ranges at both ends of those that Google Cloud takes",
    [range("1.0.0.0/32"), subnet("z", { ipCidrRange: "223.255.255.255/32" })],
  ],
  ["a stack without ranges", [vpc]],
  [
    "one range in two VPCs",
    [nodes, changed({ ...nodes, name: "other", propertyDependencies: {} }, "network", "other")],
  ],
  [
    "a subnet without an IPv4 range",
    [subnet("v6", { stackType: "IPV6_ONLY" }), subnet("empty", { ipCidrRange: "" })],
  ],
  [
    "ranges that GKE chooses",
    [
      nodes,
      cluster("c", {
        ipAllocationPolicy: { clusterIpv4CidrBlock: "/17", servicesIpv4CidrBlock: "" },
      }),
    ],
  ],
  [
    "a range that GKE fills in for its name",
    [
      nodes,
      cluster("c", {
        ipAllocationPolicy: {
          clusterSecondaryRangeName: "pods",
          clusterIpv4CidrBlock: "10.80.0.0/17",
        },
      }),
    ],
  ],
  [
    "a range of the cluster's own subnet",
    [nodes, cluster("c", { ipAllocationPolicy: { clusterIpv4CidrBlock: "10.80.0.0/17" } })],
  ],
  [
    "a range of the cluster's own subnet by its name",
    [
      changed(nodes, "name", "nodes-1"),
      cluster(
        "c",
        {
          subnetwork: "projects/p/regions/r/subnetworks/nodes-1",
          ipAllocationPolicy: { clusterIpv4CidrBlock: "10.80.0.0/17" },
        },
        "none",
      ),
    ],
  ],
  [
    "a control plane in a subnet",
    [
      nodes,
      cluster("c", {
        privateClusterConfig: {
          privateEndpointSubnetwork: "nodes",
          masterIpv4CidrBlock: "10.80.144.0/28",
        },
      }),
    ],
  ],
  [
    "a range that another policy judges",
    [changed(proxiesUs, "ipCidrRange", "10.9.2.0"), changed(proxiesEu, "ipCidrRange", UNKNOWN)],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings([vpc, ...resources])).toEqual([]);
  expect(await findings([vpc, ...resources], true)).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "two subnets with one range",
    [nodes, range("10.80.144.0/20")],
    "other",
    overlap("ipCidrRange", "10.80.144.0/20", '"10.80.144.0/20", ipCidrRange of nodes'),
  ],
  [
    "a range within another",
    [nodes, range("10.80.1.0/24")],
    "other",
    overlap("ipCidrRange", "10.80.1.0/24", `"10.80.0.0/17", ${SECONDARY_PATH} of nodes`),
  ],
  [
    "a range around another",
    [range("10.80.144.0/20"), subnet("all", { ipCidrRange: "10.80.128.0/17" })],
    "other",
    overlap("ipCidrRange", "10.80.144.0/20", '"10.80.128.0/17", ipCidrRange of all'),
  ],
  [
    "proxies in the pods' range",
    [nodes, changed(changed(proxiesUs, "ipCidrRange", "10.80.64.0/23"), "network", UNKNOWN)],
    "proxies-us",
    overlap("ipCidrRange", "10.80.64.0/23", `"10.80.0.0/17", ${SECONDARY_PATH} of nodes`),
  ],
  [
    "a control plane in the pods' range",
    [nodes, cluster("c", { privateClusterConfig: { masterIpv4CidrBlock: "10.80.7.0/28" } })],
    "c",
    overlap(
      "privateClusterConfig.masterIpv4CidrBlock",
      "10.80.7.0/28",
      `"10.80.0.0/17", ${SECONDARY_PATH} of nodes`,
    ),
  ],
  [
    "pods in another cluster's subnet",
    [nodes, cluster("c", { ipAllocationPolicy: { clusterIpv4CidrBlock: "10.80.0.0/17" } }, "none")],
    "c",
    overlap(
      "ipAllocationPolicy.clusterIpv4CidrBlock",
      "10.80.0.0/17",
      `"10.80.0.0/17", ${SECONDARY_PATH} of nodes`,
    ),
  ],
  [
    "services in the nodes' range",
    [nodes, cluster("c", { ipAllocationPolicy: { servicesIpv4CidrBlock: "10.80.150.0/24" } })],
    "c",
    overlap(
      "ipAllocationPolicy.servicesIpv4CidrBlock",
      "10.80.150.0/24",
      '"10.80.144.0/20", ipCidrRange of nodes',
    ),
  ],
  [
    "bits behind the prefix",
    [range("10.9.1.0/23")],
    "other",
    'ipCidrRange: "10.9.1.0/23" has bits set behind its prefix, which Google Cloud refuses; write "10.9.0.0/23"',
  ],
  [
    "an address without prefix",
    [range("10.9.0.0")],
    "other",
    `ipCidrRange: "10.9.0.0" is not an IPv4 range; ${FORM}`,
  ],
  [
    "a byte above 255",
    [range("10.256.0.0/16")],
    "other",
    `ipCidrRange: "10.256.0.0/16" is not an IPv4 range; ${FORM}`,
  ],
  [
    "a prefix above 32",
    [range("10.9.0.0/33")],
    "other",
    `ipCidrRange: "10.9.0.0/33" is not an IPv4 range; ${FORM}`,
  ],
  [
    "an IPv6 range",
    [range("fd00::/64")],
    "other",
    `ipCidrRange: "fd00::/64" is not an IPv4 range; ${FORM}`,
  ],
  [
    "a number",
    [subnet("other", { ipCidrRange: 10 })],
    "other",
    `ipCidrRange: 10 is not an IPv4 range; ${FORM}`,
  ],
  [
    "an odd secondary range beside an odd entry",
    [subnet("other", { secondaryIpRanges: [null, { ipCidrRange: "10.9" }] })],
    "other",
    `secondaryIpRanges[1].ipCidrRange: "10.9" is not an IPv4 range; ${FORM}`,
  ],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings([vpc, ...resources])).toEqual([["mandatory", resource, message]]);
  expect(await findings([vpc, ...resources], true)).toEqual([["mandatory", resource, message]]);
});

test("finds the range that reaches over several", async () => {
  const all = subnet("all", { ipCidrRange: "10.0.0.0/8" });
  const inside = ["10.1.0.0/16", "10.2.0.0/16"].map((ipCidrRange, i) =>
    subnet(`in${i}`, { ipCidrRange }),
  );
  expect(await findings([vpc, ...inside, all])).toEqual(
    ["10.1.0.0/16", "10.2.0.0/16"].map((given, i) => {
      return [
        "mandatory",
        `in${i}`,
        overlap("ipCidrRange", given, '"10.0.0.0/8", ipCidrRange of all'),
      ];
    }),
  );
});

test("judges the bits behind the prefix and the range at once", async () => {
  const found = await findings([vpc, nodes, range("10.80.145.0/20")]);
  expect(found.map(([, , message]) => message)).toEqual([
    'ipCidrRange: "10.80.145.0/20" has bits set behind its prefix, which Google Cloud refuses; write "10.80.144.0/20"',
    overlap("ipCidrRange", "10.80.145.0/20", '"10.80.144.0/20", ipCidrRange of nodes'),
  ]);
});

test.each<[string, Registered, string]>([
  ["a subnet's range", changed(nodes, "ipCidrRange", UNKNOWN), "ipCidrRange"],
  ["a secondary range", changed(nodes, SECONDARY, UNKNOWN), SECONDARY_PATH],
  ["the secondary ranges", changed(nodes, "secondaryIpRanges", UNKNOWN), "secondaryIpRanges"],
  [
    "a control plane's range",
    cluster("nodes", { privateClusterConfig: { masterIpv4CidrBlock: UNKNOWN } }),
    "privateClusterConfig.masterIpv4CidrBlock",
  ],
])("advises where %s is not known yet, and judges the others", async (_, resource, path) => {
  const twice = [range("10.9.0.0/24"), subnet("twice", { ipCidrRange: "10.9.0.0/24" })];
  expect(await findings([vpc, resource, ...twice], true)).toEqual([
    ["advisory", "nodes", pending(path)],
    [
      "mandatory",
      "twice",
      overlap("ipCidrRange", "10.9.0.0/24", '"10.9.0.0/24", ipCidrRange of other'),
    ],
  ]);
});

test("says nothing of ranges whose VPC it cannot tell", async () => {
  const nowhere = ["a", "b"].map((name) => ({
    ...range("10.9.0.0/24"),
    name,
    propertyDependencies: {},
  }));
  expect(await findings([vpc, ...nowhere], true)).toEqual([]);
});
