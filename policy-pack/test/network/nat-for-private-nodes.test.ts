import { UNKNOWN } from "../support/unknown";
import { natForPrivateNodes } from "../../network/nat-for-private-nodes";
import {
  clusterParts,
  fleetStack,
  fleetWith,
  fleetWithout,
  natParts,
  nodePool,
  part,
  partWith,
} from "../fixtures/gatewayNetwork";
import { pending } from "../fixtures/messages";
import { changed, vpc } from "../fixtures/stack";
import { type Registered, runPolicies } from "../support/policies";

const PRIVATE = "privateClusterConfig.enablePrivateNodes";

const missing = (path = PRIVATE, region = "us-east4") =>
  `${path}: region ${region} of VPC vpc has no Cloud NAT, so these nodes pull neither images nor ` +
  `weights; add a RouterNat on a router of ${region} in that VPC`;

async function findings(resources: readonly Registered[], firstPreview = true) {
  const policies = [natForPrivateNodes];
  const violations = await runPolicies(resources, { policies, firstPreview });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

const withoutNat = fleetWithout("nat-us-nat");

/** The stack without a NAT in us-east4, with something else in place of what it had or beside it. */
function natlessWith(...others: readonly Registered[]): readonly Registered[] {
  return fleetWith(...others).filter((each) => each.name !== "nat-us-nat" || others.includes(each));
}

const nat = (path: string, value?: unknown) => partWith("RouterNat", "nat-us-nat", path, value);
const router = (path: string, value?: unknown) => partWith("Router", "nat-us", path, value);
const east = (path: string, value?: unknown) => partWith("Cluster", "east", path, value);
const plain = (resource: Registered): Registered => ({ ...resource, propertyDependencies: {} });
const pools = (value: unknown) =>
  nodePool("east", "gpu", { networkConfig: { enablePrivateNodes: value } });

/** The NAT of us-east4 for one subnet, by its name. */
function listing(name: unknown, ranges: unknown = ["PRIMARY_IP_RANGE"]): Registered {
  const listed = nat("sourceSubnetworkIpRangesToNat", "LIST_OF_SUBNETWORKS");
  return changed(listed, "subnetworks", [{ name, sourceIpRangesToNats: ranges }]);
}

const uncovered = (subnet: string) =>
  `subnetworks: ${subnet} of cluster east is not among these, so its nodes pull neither images nor ` +
  'weights; add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]';

test.each<[string, Registered]>([
  ["another subnet", listing("others")],
  ["no subnet", changed(listing("nodes"), "subnetworks", [])],
  ["no list of subnets", changed(listing("nodes"), "subnetworks")],
  ["the pods of the subnet alone", listing("nodes", ["LIST_OF_SECONDARY_IP_RANGES"])],
])("fails a NAT for %s", async (_, resource) => {
  const resources = fleetWith(east("subnetwork", "nodes"), resource);
  expect(await findings(resources)).toEqual([
    ["mandatory", "nat-us-nat", uncovered("subnet nodes")],
  ]);
});

test.each<[string, Registered, string]>([
  [
    "which subnets a NAT is for",
    nat("sourceSubnetworkIpRangesToNat", UNKNOWN),
    "sourceSubnetworkIpRangesToNat",
  ],
  ["the list of a NAT", changed(listing("nodes"), "subnetworks", UNKNOWN), "subnetworks"],
])("advises where %s is not known yet", async (_, resource, path) => {
  const resources = fleetWith(east("subnetwork", "nodes"), resource);
  expect(await findings(resources)).toEqual([["advisory", "nat-us-nat", pending(path)]]);
});

test.each<[string, readonly Registered[]]>([
  ["a NAT in each region", fleetStack],
  ["public nodes", natlessWith(east(PRIVATE, false))],
  ["a cluster that says nothing of it", natlessWith(east("privateClusterConfig"))],
  ["public node pools of a private cluster", natlessWith(pools(false))],
  ["a VPC that another stack makes", withoutNat.filter(({ name }) => name !== "vpc")],
  ["a cluster in another VPC", natlessWith(plain(east("network", "other")))],
  ["a NAT that takes its router's region", fleetWith(nat("region"))],
  [
    "a region given as its URL",
    fleetWith(nat("region", "https://www.googleapis.com/compute/v1/projects/p/regions/us-east4")),
  ],
  ["a NAT on a router of another stack", fleetWith(plain(nat("router", "router-us")))],
  [
    "a NAT on a router by its name",
    fleetWith(router("name", "router-us"), plain(nat("router", "router-us"))),
  ],
  ["a stack without clusters", [vpc, ...natParts("nat-eu", "europe-west3")]],
  ["a cluster whose location its provider gives", natlessWith(east("location"))],
  ["a NAT for the subnet by its name", fleetWith(east("subnetwork", "nodes"), listing("nodes"))],
  [
    "a NAT for the subnet by its URL",
    fleetWith(
      east("subnetwork", "projects/p/regions/us-east4/subnetworks/nodes"),
      listing(
        "https://www.googleapis.com/compute/v1/projects/p/regions/us-east4/subnetworks/nodes",
      ),
    ),
  ],
  [
    "a NAT for a subnet that is not known",
    fleetWith(east("subnetwork", "nodes"), listing(UNKNOWN)),
  ],
  ["a NAT for a cluster that names no subnet", fleetWith(listing("nodes"))],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, false)).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  ["a region without a NAT", withoutNat, "east", missing()],
  ["a NAT in another region", fleetWith(nat("region", "us-west1")), "east", missing()],
  ["a NAT in another VPC", fleetWith(plain(router("network", "other"))), "east", missing()],
  ["a NAT between private networks", fleetWith(nat("type", "PRIVATE")), "east", missing()],
  ["a zonal cluster's region", natlessWith(east("location", "us-east4-a")), "east", missing()],
  [
    "a private node pool",
    natlessWith(east("privateClusterConfig"), pools(true)),
    "gpu",
    missing("networkConfig.enablePrivateNodes"),
  ],
  [
    "a private pool in the cluster's own properties",
    natlessWith(
      changed(changed(east("privateClusterConfig"), "removeDefaultNodePool"), "nodePools", [
        {},
        { networkConfig: { enablePrivateNodes: true } },
      ]),
    ),
    "east",
    missing("nodePools[1].networkConfig.enablePrivateNodes"),
  ],
  ["an Autopilot cluster", natlessWith(east("enableAutopilot", true)), "east", missing()],
  [
    "a router whose network is odd",
    fleetWith(plain(router("network", 5)), nat("region", "a")),
    "east",
    missing(),
  ],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings(resources)).toEqual([["mandatory", resource, message]]);
  expect(await findings(resources, false)).toEqual([["mandatory", resource, message]]);
});

test("says it once for a region", async () => {
  const stack = natlessWith(...clusterParts("second", { location: "us-east4-b" }));
  expect(await findings(stack)).toEqual([["mandatory", "east", missing()]]);
});

test.each<[string, readonly Registered[], string, string]>([
  ["a NAT's region", fleetWith(nat("region", UNKNOWN)), "nat-us-nat", "region"],
  ["a cluster's location", fleetWith(east("location", UNKNOWN)), "east", "location"],
  ["whether nodes are private", natlessWith(east(PRIVATE, UNKNOWN)), "east", PRIVATE],
  [
    "whether a node pool's are",
    natlessWith(east("privateClusterConfig"), pools(UNKNOWN)),
    "gpu",
    "networkConfig.enablePrivateNodes",
  ],
])("advises where %s is not known yet", async (_, resources, resource, path) => {
  expect(await findings(resources)).toEqual([["advisory", resource, pending(path)]]);
});

test("needs no NAT of what turns out to be private where one is", async () => {
  expect(await findings(fleetWith(east(PRIVATE, UNKNOWN)))).toEqual([]);
});

test.each([null, {}, [], 5, "true", UNKNOWN])(
  "takes %j for the cluster's switches",
  async (odd) => {
    const found = await findings(natlessWith(east("privateClusterConfig", odd)));
    expect(found.filter(([level]) => level === "mandatory")).toEqual([]);
  },
);

test("has NATs on routers that are not known yet", () => {
  expect(part("RouterNat", "nat-us-nat").inputs).toHaveProperty("router", UNKNOWN);
});
