import { UNKNOWN } from "../support/unknown";
import { gatewayRegionPerCluster } from "../../network/gateway-region-per-cluster";
import {
  clusterParts,
  fleetStack,
  fleetWith,
  fleetWithout,
  gatewayInWest,
  partWith,
} from "../fixtures/gatewayNetwork";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, gateway, pool } from "../fixtures/stack";
import { type Registered, runPolicies } from "../support/policies";

const EU = { type: "networking.gke.io/ephemeral-ipv4-address/europe-west3", value: "europe-west3" };
const ADDRESSES = "spec.addresses";

const inEuOnly = changed(gatewayInWest, ADDRESSES, [EU]);
const missing = (region: string, cluster: string) =>
  `spec.addresses: ${region}, where cluster ${cluster} serves, is not listed, ` +
  "so clients there cross regions; " +
  `add one of type networking.gke.io/ephemeral-ipv4-address/${region}`;

async function findings(resources: readonly Registered[], firstPreview = true) {
  const policies = [gatewayRegionPerCluster];
  const violations = await runPolicies(resources, { policies, firstPreview });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

test.each<[string, readonly Registered[]]>([
  ["an address in each region", fleetStack],
  ["a cluster without a pool", fleetWith(inEuOnly).filter(({ name }) => name !== "east-pool")],
  [
    "two gateways that list a region each",
    fleetWith(inEuOnly, {
      ...changed(gatewayInWest, ADDRESSES, [
        { type: EU.type.replace("europe-west3", "us-east4"), value: "us-east4" },
      ]),
      name: "gateway-us",
    }),
  ],
  [
    "a gateway for one cluster",
    fleetWith(changed(inEuOnly, "spec.gatewayClassName", "gke-l7-cross-regional-internal-managed")),
  ],
  [
    "a gateway of one region",
    fleetWith(changed(inEuOnly, "spec.gatewayClassName", "gke-l7-rilb-mc")),
  ],
  ["no gateway", fleetWithout("gateway")],
  [
    "a gateway without any region, which another policy judges",
    fleetWith(changed(inEuOnly, ADDRESSES)),
  ],
  [
    "a zonal cluster in a region that is listed",
    fleetWith(partWith("Cluster", "east", "location", "us-east4-b")),
  ],
  ["clusters that this stack does not make", [changed(gateway, ADDRESSES, [EU]), pool]],
  [
    "a cluster whose location its provider gives",
    fleetWith(partWith("Cluster", "east", "location")),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, false)).toEqual([]);
});

test.each<[string, readonly Registered[], string]>([
  ["a region that is not listed", fleetWith(inEuOnly), missing("us-east4", "east")],
  [
    "a zonal cluster's region",
    fleetWith(inEuOnly, partWith("Cluster", "east", "location", "us-east4-b")),
    missing("us-east4", "east"),
  ],
  [
    "a third cluster's region",
    fleetWith(...clusterParts("asia", { location: "asia-east1" })),
    missing("asia-east1", "asia"),
  ],
  [
    "a region beside an odd address",
    fleetWith(changed(inEuOnly, ADDRESSES, [null, EU])),
    missing("us-east4", "east"),
  ],
  [
    "a region of a generated class's Gateway",
    fleetWith(asGenerated(inEuOnly)).filter(({ type }) => type !== gateway.type),
    missing("us-east4", "east"),
  ],
  [
    "a region while the class is not known yet",
    fleetWith(changed(inEuOnly, "spec.gatewayClassName", UNKNOWN)),
    missing("us-east4", "east"),
  ],
])("advises against %s", async (_, resources, message) => {
  expect(await findings(resources)).toEqual([["advisory", "gateway", message]]);
  expect(await findings(resources, false)).toEqual([["advisory", "gateway", message]]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "the addresses",
    fleetWith(changed(gatewayInWest, ADDRESSES, UNKNOWN)),
    "gateway",
    "spec.addresses",
  ],
  [
    "an address",
    fleetWith(changed(gatewayInWest, ADDRESSES, [EU, { type: UNKNOWN, value: UNKNOWN }])),
    "gateway",
    "spec.addresses[1]",
  ],
  [
    "a cluster's location",
    fleetWith(partWith("Cluster", "east", "location", UNKNOWN)),
    "east",
    "location",
  ],
])("says where %s is not known yet", async (_, resources, resource, path) => {
  expect(await findings(resources)).toEqual([["advisory", resource, pending(path)]]);
});

test("tells it once, whichever gateway is to list the region", async () => {
  const second = { ...inEuOnly, name: "second" };
  expect(await findings(fleetWith(inEuOnly, second))).toEqual([
    ["advisory", "gateway", missing("us-east4", "east")],
  ]);
});

test.each([{}, [], null, "europe-west3", [{}], [7]])("takes %j for addresses", async (odd) => {
  expect(await findings(fleetWith(changed(gatewayInWest, ADDRESSES, odd)))).toEqual([]);
});

const VALUE = "spec.addresses.0.value";
const PLACE = "spec.addresses[0].value";

test.each<[string, unknown, string]>([
  ["another region", "us-east1", '"us-east1" is not the region of the type; write "europe-west3"'],
  ["an address", "10.0.0.1", '"10.0.0.1" is not the region of the type; write "europe-west3"'],
  ["a number", 3, '3 is not the region of the type; write "europe-west3"'],
  ["nothing", undefined, 'is not set; write "europe-west3"'],
  ["null", null, 'is not set; write "europe-west3"'],
])("advises against %s for the value of an address", async (_, value, message) => {
  const stack = fleetWith(changed(gatewayInWest, VALUE, value));
  expect(await findings(stack)).toEqual([["advisory", "gateway", `${PLACE}: ${message}`]]);
  expect(await findings(stack, false)).toEqual([["advisory", "gateway", `${PLACE}: ${message}`]]);
});

test("says where the value of an address is not known yet", async () => {
  const stack = fleetWith(changed(gatewayInWest, VALUE, UNKNOWN));
  expect(await findings(stack)).toEqual([["advisory", "gateway", pending(PLACE)]]);
});

test("takes a reserved address by its name", async () => {
  const reserved = { type: "NamedAddress", value: "projects/p/regions/europe-west3/addresses/a" };
  const stack = fleetWith(changed(gatewayInWest, "spec.addresses.0", reserved));
  expect(await findings(stack)).toEqual([]);
});
