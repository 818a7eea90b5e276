import { UNKNOWN } from "../support/unknown";
import { proxySubnetPerRegion } from "../../network/proxy-subnet-per-region";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, gateway, proxiesEu, proxiesUs, vpc } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies, unknownBut } from "../support/policies";

const regional = { purpose: "REGIONAL_MANAGED_PROXY" };
const ADDRESS_TYPE = "networking.gke.io/ephemeral-ipv4-address/";

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const policies = [proxySubnetPerRegion];
  const violations = await runPolicies([vpc, ...resources], { policies, ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

const missing = (index: number, region: string) =>
  `spec.addresses[${index}]: region ${region} has no subnet for the gateway's proxies; ` +
  "add a subnet there with purpose GLOBAL_MANAGED_PROXY and role ACTIVE";
const noAddress =
  "spec.addresses: lists no region, so the gateway gets no address; " +
  `list one of type ${ADDRESS_TYPE}<region> for each region`;
const rangeFix = "give it a range of /26 or larger, for example 10.9.0.0/23";

test.each<[string, Registered[]]>([
  ["a subnet in each region", [gateway, proxiesEu, proxiesUs]],
  [
    "a region given as its URL",
    [gateway, proxiesEu, changed(proxiesUs, "region", url("us-east4"))],
  ],
  ["a stack without a gateway", [proxiesEu]],
  ["a gateway of another kind", [changed(gateway, "spec.gatewayClassName", "gke-l7-rilb")]],
  [
    "regional proxies in a region without an address",
    [gateway, proxiesEu, proxiesUs, subnet("rilb", { region: "asia-east1", ...regional })],
  ],
  [
    "regional proxies in another VPC",
    [gateway, proxiesEu, proxiesUs, subnet("rilb", { network: "other", ...regional })],
  ],
  [
    "a second subnet in another VPC",
    [gateway, proxiesEu, proxiesUs, subnet("second", { network: "other" })],
  ],
  ["a spare subnet", [gateway, proxiesEu, proxiesUs, subnet("spare", { role: "BACKUP" })]],
  [
    "a reserved address",
    [changed(gateway, "spec.addresses", [reserved("europe-west3")]), proxiesEu],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, Registered[], string, string]>([
  ["no subnet in a region", [gateway, proxiesEu], "gateway", missing(1, "us-east4")],
  [
    "a subnet for ordinary addresses",
    [gateway, proxiesEu, changed(proxiesUs, "purpose")],
    "gateway",
    missing(1, "us-east4"),
  ],
  [
    "a spare subnet only",
    [gateway, proxiesEu, changed(proxiesUs, "role", "BACKUP")],
    "gateway",
    missing(1, "us-east4"),
  ],
  [
    "two in one region and VPC",
    [gateway, proxiesEu, proxiesUs, subnet("second")],
    "second",
    "purpose: region europe-west3 has a subnet for these proxies, proxies-eu; " +
      "remove one of the two",
  ],
  [
    "regional proxies beside the gateway's",
    [gateway, proxiesEu, proxiesUs, subnet("rilb", regional)],
    "rilb",
    'purpose: "REGIONAL_MANAGED_PROXY" keeps region europe-west3 from the gateway\'s own ' +
      'proxies; use "GLOBAL_MANAGED_PROXY" in this region',
  ],
  [
    "a range that is too small",
    [gateway, proxiesEu, changed(proxiesUs, "ipCidrRange", "10.9.2.0/27")],
    "proxies-us",
    `ipCidrRange: "10.9.2.0/27" is smaller than /26; ${rangeFix}`,
  ],
  [
    "a range that is none",
    [gateway, proxiesEu, changed(proxiesUs, "ipCidrRange", "10.9.2.0")],
    "proxies-us",
    `ipCidrRange: "10.9.2.0" is not an IPv4 range; ${rangeFix}`,
  ],
  [
    "a range with a byte above 255",
    [gateway, proxiesEu, changed(proxiesUs, "ipCidrRange", "10.999.2.0/24")],
    "proxies-us",
    `ipCidrRange: "10.999.2.0/24" is not an IPv4 range; ${rangeFix}`,
  ],
  [
    "no range",
    [gateway, proxiesEu, changed(proxiesUs, "ipCidrRange")],
    "proxies-us",
    `ipCidrRange: is not set; ${rangeFix}`,
  ],
  ["no addresses", [changed(gateway, "spec.addresses"), proxiesEu], "gateway", noAddress],
  ["no spec", [changed(gateway, "spec"), proxiesEu], "gateway", noAddress],
  ["an empty list", [changed(gateway, "spec.addresses", []), proxiesEu], "gateway", noAddress],
  ["an object for a list", [changed(gateway, "spec.addresses", {})], "gateway", noAddress],
  [
    "an address of no region",
    [changed(gateway, "spec.addresses", [{ type: "IPAddress", value: "10.0.0.5" }])],
    "gateway",
    `spec.addresses[0].type: "IPAddress" names no region; write ${ADDRESS_TYPE}<region>`,
  ],
  [
    "null for an address",
    [changed(gateway, "spec.addresses", [null])],
    "gateway",
    `spec.addresses[0].type: null names no region; write ${ADDRESS_TYPE}<region>`,
  ],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings(resources)).toEqual([["mandatory", resource, message]]);
});

test("names the missing subnet and the one in its way", async () => {
  const inTheWay = changed(proxiesUs, "purpose", "REGIONAL_MANAGED_PROXY");
  expect(await findings([gateway, proxiesEu, inTheWay])).toEqual([
    ["mandatory", "gateway", missing(1, "us-east4")],
    [
      "mandatory",
      "proxies-us",
      'purpose: "REGIONAL_MANAGED_PROXY" keeps region us-east4 from the gateway\'s own proxies; ' +
        'use "GLOBAL_MANAGED_PROXY" in this region',
    ],
  ]);
});

test("takes the region of a subnet that names none from its provider", async () => {
  const provider: Registered = {
    type: "pulumi:providers:gcp",
    name: "us",
    inputs: { region: "us-east4" },
  };
  const subnetUs = { ...changed(proxiesUs, "region"), provider: "pulumi:providers:gcp::us" };
  expect(await findings([provider, gateway, proxiesEu, subnetUs])).toEqual([]);
});

test("judges the gateway under a generated class's token", async () => {
  expect(await findings([asGenerated(gateway), proxiesEu])).toEqual([
    ["mandatory", "gateway", missing(1, "us-east4")],
  ]);
});

describe("on a first preview, where nothing has outputs", () => {
  const hide = (resource: Registered, ...known: string[]) => ({
    ...resource,
    inputs: unknownBut(resource.inputs, ...known),
  });
  const subnetKnown = ["region", "purpose", "role", "ipCidrRange"];
  const gatewayKnown = ["spec.gatewayClassName", "spec.addresses"];
  const firstPreview = true;

  test("passes the good stack", async () => {
    const stack = [
      hide(gateway, ...gatewayKnown),
      hide(proxiesEu, ...subnetKnown),
      hide(proxiesUs, ...subnetKnown),
    ];
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });

  test("fails a region without a subnet", async () => {
    const stack = [hide(gateway, ...gatewayKnown), hide(proxiesEu, ...subnetKnown)];
    expect(await findings(stack, { firstPreview })).toEqual([
      ["mandatory", "gateway", missing(1, "us-east4")],
    ]);
  });

  test("tells VPCs apart by where their id will come from", async () => {
    const other = { network: ["gcp:compute/network:Network::other"] };
    const second = { ...hide(subnet("second"), ...subnetKnown), propertyDependencies: other };
    const stack = [gateway, hide(proxiesEu, ...subnetKnown), proxiesUs, second];
    expect(await findings(stack, { firstPreview })).toEqual([]);

    const { propertyDependencies } = proxiesEu;
    const same = [gateway, hide(proxiesEu, ...subnetKnown), proxiesUs];
    const twice = [...same, { ...second, propertyDependencies }];
    expect(await findings(twice, { firstPreview })).toEqual([
      [
        "mandatory",
        "second",
        "purpose: region europe-west3 has a subnet for these proxies, proxies-eu; " +
          "remove one of the two",
      ],
    ]);
  });

  test.each<[string, Registered[], string, string]>([
    ["the addresses", [changed(gateway, "spec.addresses", UNKNOWN)], "gateway", "spec.addresses"],
    ["the gateway's spec", [changed(gateway, "spec", UNKNOWN)], "gateway", "spec.addresses"],
    [
      "an address's type",
      [changed(gateway, "spec.addresses", [{ type: UNKNOWN }])],
      "gateway",
      "spec.addresses[0].type",
    ],
    [
      "a subnet's region",
      [gateway, proxiesEu, changed(proxiesUs, "region", UNKNOWN)],
      "proxies-us",
      "region",
    ],
    [
      "the region of the only subnet, which two regions wait for",
      [gateway, changed(proxiesUs, "region", UNKNOWN)],
      "proxies-us",
      "region",
    ],
    [
      "a subnet's purpose",
      [gateway, proxiesEu, changed(proxiesUs, "purpose", UNKNOWN)],
      "proxies-us",
      "purpose",
    ],
    [
      "a subnet's range",
      [gateway, proxiesEu, changed(proxiesUs, "ipCidrRange", UNKNOWN)],
      "proxies-us",
      "ipCidrRange",
    ],
  ])("advises where %s is not known yet", async (_, resources, resource, path) => {
    expect(await findings(resources, { firstPreview })).toEqual([
      ["advisory", resource, pending(path)],
    ]);
  });
});

test("takes another size", async () => {
  const config = { [proxySubnetPerRegion.name]: { longestPrefix: 24 } };
  expect(await findings([gateway, proxiesEu, proxiesUs], { config })).toEqual([
    [
      "mandatory",
      "proxies-us",
      'ipCidrRange: "10.9.2.0/26" is smaller than /24; ' +
        "give it a range of /24 or larger, for example 10.9.0.0/23",
    ],
  ]);
});

/** A further proxy-only subnet, like that of europe-west3 but for these inputs. */
function subnet(name: string, inputs: object = {}): Registered {
  return { ...proxiesEu, name, inputs: { ...proxiesEu.inputs, ...inputs } };
}

function url(region: string): string {
  return `https://www.googleapis.com/compute/v1/projects/p/regions/${region}`;
}

function reserved(region: string): object {
  return { type: "example.com/reserved", value: `projects/p/regions/${region}/addresses/llm` };
}
