import { UNKNOWN } from "../support/unknown";
import { oneVpc } from "../../network/one-vpc";
import {
  clusterParts,
  fleetStack,
  fleetWith,
  fleetWithout,
  part,
  partWith,
} from "../fixtures/gatewayNetwork";
import { pending } from "../fixtures/messages";
import { changed, gateway, pool, proxiesUs, vpc } from "../fixtures/stack";
import { type Registered, runPolicies } from "../support/policies";

const FIX = "put both in the same VPC";
const REST = "/global/networks/";

const differs = (theirs: string, ours = "vpc", reason = "") =>
  `network: ${reason}cluster east is in VPC ${theirs}, but cluster west is in VPC ${ours}; ${FIX}`;

async function findings(resources: readonly Registered[], firstPreview = true) {
  const violations = await runPolicies(resources, { policies: [oneVpc], firstPreview });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

const eastIn = (network?: unknown) => partWith("Cluster", "east", "network", network);
const west = (network?: unknown) => partWith("Cluster", "west", "network", network);
const inProject = (resource: Registered, project = "p") => changed(resource, "project", project);

/** What a network's value comes from, in place of the stack's VPC. */
function from(resource: Registered, ...network: string[]): Registered {
  return { ...resource, propertyDependencies: { network } };
}

/** Nothing says what the value comes from: it is what it is. */
const plain = (resource: Registered) => from(resource);

const other: Registered = { ...vpc, name: "other" };
const OTHER = "gcp:compute/network:Network::other";

describe("on a first preview", () => {
  test.each<[string, readonly Registered[]]>([
    ["clusters and proxies whose network comes from one resource", fleetStack],
    ["a stack without clusters", [vpc, gateway, proxiesUs]],
    [
      "another cluster without pool and membership",
      [other, ...fleetStack, { ...from(part("Cluster", "east"), OTHER), name: "tools" }],
    ],
    [
      "a network that comes from one of the VPC's subnets",
      fleetWith(from(part("Cluster", "east"), "gcp:compute/subnetwork:Subnetwork::proxies-us")),
    ],
    [
      "the VPC by the name that the program gives it",
      fleetWith(changed(vpc, "name", "inference"), plain(eastIn("inference"))),
    ],
    ["a single cluster whose network is not known", [...clusterParts("west", { location: "a" })]],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources)).toEqual([]);
  });

  test("fails a cluster whose network comes from another resource", async () => {
    const east = from(part("Cluster", "east"), OTHER);
    expect(await findings([other, ...fleetWith(east)])).toEqual([
      ["mandatory", "east", differs("other")],
    ]);
  });

  test("fails a cluster whose network is known and another", async () => {
    expect(await findings(fleetWith(plain(eastIn("default"))))).toEqual([
      ["mandatory", "east", differs("default")],
    ]);
  });

  test("fails proxies in another VPC", async () => {
    const proxies = from(part("Subnetwork", "proxies-us"), OTHER);
    expect(await findings([other, ...fleetWith(proxies)])).toEqual([
      [
        "mandatory",
        "proxies-us",
        "network: the gateway's proxies in us-east4 are in VPC other, " +
          `but cluster west is in VPC vpc; ${FIX}`,
      ],
    ]);
    const second = { ...proxies, name: "proxies-other" };
    expect(await findings([other, ...fleetWith(second)])).toEqual([]);
  });

  test("advises where it cannot tell what the network comes from", async () => {
    const east = plain(part("Cluster", "east"));
    expect(await findings(fleetWith(east))).toEqual([["advisory", "east", pending("network")]]);
    const proxies = plain(part("Subnetwork", "proxies-us"));
    expect(await findings(fleetWith(proxies))).toEqual([
      ["advisory", "proxies-us", pending("network")],
    ]);
  });
});

describe("where networks are known", () => {
  const stack = (westNetwork: unknown, eastNetwork: unknown) => [
    ...fleetWithout("vpc", "proxies-eu", "proxies-us", "gateway").filter(
      ({ type }) => !type.endsWith(":Cluster"),
    ),
    inProject(plain(west(westNetwork))),
    inProject(plain(eastIn(eastNetwork))),
  ];

  test.each([
    ["one name", "n", "n"],
    ["a name and a path", "n", `projects/p${REST}n`],
    ["a name and a path without project", "n", "global/networks/n"],
    [
      "a path and a URL",
      `projects/p${REST}n`,
      `https://www.googleapis.com/compute/v1/projects/p${REST}n`,
    ],
    ["a project by its number", `projects/123${REST}n`, `projects/p${REST}n`],
    ["no network and the default one", undefined, "default"],
    ["no network at all", undefined, null],
  ])("passes %s", async (_, one, two) => {
    expect(await findings(stack(one, two), false)).toEqual([]);
  });

  test.each([
    ["another name", "n", "m", "p/m", ""],
    ["another project", "n", `projects/host${REST}n`, "host/n", ""],
    ["no network", "n", undefined, "p/default", "is not set, so "],
    ["null", "n", null, "p/default", "is not set, so "],
  ])("fails %s", async (_, one, two, theirs, reason) => {
    expect(await findings(stack(one, two), false)).toEqual([
      ["mandatory", "east", differs(theirs, "p/n", reason)],
    ]);
  });

  test("says nothing of a network that could be in either of two projects", async () => {
    const third = { ...inProject(plain(west(`projects/q${REST}n`)), "q"), name: "third" };
    const open = changed(plain(eastIn("n")), "project");
    const clusters = [inProject(plain(west("n"))), open, third];
    const without = stack("n", "n").filter(({ type }) => !type.endsWith(":Cluster"));
    expect(await findings([...without, ...clusters], false)).toEqual([]);
  });

  test.each([7, {}, [], true])("takes %j for a network", async (odd) => {
    expect(await findings(stack("n", odd), false)).toEqual([]);
  });

  test("compares with the config cluster, wherever it stands", async () => {
    const [feature] = fleetStack.filter(({ name }) => name === "ingress");
    const inEast = { spec: ["gcp:gkehub/membership:Membership::east"] };
    const moved = { ...feature, propertyDependencies: inEast } as Registered;
    const resources = stack("n", "m").map((each) => (each.name === "ingress" ? moved : each));
    expect(await findings(resources, false)).toEqual([
      [
        "mandatory",
        "west",
        `network: cluster west is in VPC p/n, but cluster east is in VPC p/m; ${FIX}`,
      ],
    ]);
  });

  test("judges clusters that are in the fleet without a pool", async () => {
    const withoutPools = stack("n", "m").filter(({ type }) => type !== pool.type);
    expect(await findings(withoutPools, false)).toEqual([
      ["mandatory", "east", differs("p/m", "p/n")],
    ]);
  });
});

test("tells in a running stack by what comes from it which name the VPC has", async () => {
  const outputs =
    (network: string) =>
    (each: Registered): Registered => {
      const { inputs } = each;
      return "network" in inputs ? { ...each, outputs: { ...inputs, network } } : each;
    };
  const running = fleetStack.map(outputs("projects/p/global/networks/vpc-12ab"));
  expect(await findings(running, false)).toEqual([]);
  const east = plain(eastIn("projects/p/global/networks/default"));
  const moved = running.map((each) =>
    each.type === east.type && each.name === "east" ? east : each,
  );
  expect(await findings(moved, false)).toEqual([["mandatory", "east", differs("p/default")]]);
});

test("has clusters whose network is not known yet", () => {
  expect(part("Cluster", "east").inputs).toHaveProperty("network", UNKNOWN);
});
