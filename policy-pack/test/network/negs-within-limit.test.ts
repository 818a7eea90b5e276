import { UNKNOWN } from "../support/unknown";
import { negsWithinLimit } from "../../network/negs-within-limit";
import {
  clusterParts,
  fleetStack,
  fleetWith,
  nodePool,
  part,
  partWith,
  providerId,
} from "../fixtures/gatewayNetwork";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, pool } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const PORTS = "spec.targetPorts";
const EXPORT = "metadata.annotations[networking.gke.io/export]";

const config = { [negsWithinLimit.name]: { limit: 8 } };

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const policies = [negsWithinLimit];
  const violations = await runPolicies(resources, { policies, firstPreview: true, ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

const ports = (count: number) => Array.from({ length: count }, (_, i) => ({ number: 8000 + i }));
const eastPool = (path: string, value?: unknown) =>
  partWith("InferencePool", "east-pool", path, value);
const east = (inputs: object) => {
  const cluster = part("Cluster", "east");
  return { ...cluster, inputs: { ...cluster.inputs, ...inputs } };
};
const zones = (...letters: string[]) => letters.map((letter) => `us-east4-${letter}`);

const tooMany = (sum: number, terms: string, limit = 50) =>
  `spec.targetPorts: the pool needs ${sum} groups (ports x zones: ${terms}); ` +
  `up to ${limit} are allowed, so take fewer ports, zones or clusters`;

describe("adds up ports x zones of all clusters", () => {
  const third = clusterParts("asia", { location: "asia-east1" });
  const full = (each: Registered) => {
    return each.type === pool.type ? changed(each, PORTS, ports(8)) : each;
  };

  test("passes two clusters with 8 ports in 3 zones", async () => {
    expect(await findings(fleetStack.map(full))).toEqual([]);
    expect(await findings(fleetStack.map(full), { firstPreview: false })).toEqual([]);
  });

  test("fails three", async () => {
    const message = tooMany(72, "asia 8 x 3 + east 8 x 3 + west 8 x 3");
    const stack = fleetWith(...third).map(full);
    expect(await findings(stack)).toEqual([["mandatory", "asia-pool", message]]);
    expect(await findings(stack.map(asGenerated))).toEqual([["mandatory", "asia-pool", message]]);
    expect(await findings(stack, { firstPreview: false })).toEqual([
      ["mandatory", "asia-pool", message],
    ]);
  });

  test("passes three of which one does not export the pool", async () => {
    const stack = fleetWith(...third).map(full);
    const hidden = stack.map((each) => (each.name === "asia-pool" ? changed(each, EXPORT) : each));
    expect(await findings(hidden)).toEqual([]);
  });

  test("passes pools of three names, or in three namespaces", async () => {
    const stack = fleetWith(...third).map(full);
    for (const path of ["metadata.name", "metadata.namespace"]) {
      const named = stack.map((each) => {
        return each.type === pool.type ? changed(each, path, each.name) : each;
      });
      expect(await findings(named)).toEqual([]);
    }
  });
});

test.each<[string, readonly Registered[], number, string]>([
  ["a region that names no zones", fleetStack, 6, "east 1 x 3 + west 1 x 3"],
  ["a zonal cluster", fleetWith(east({ location: "us-east4-a" })), 4, "east 1 x 1 + west 1 x 3"],
  [
    "a zonal cluster with further zones",
    fleetWith(east({ location: "us-east4-a", nodeLocations: zones("b", "c") })),
    6,
    "east 1 x 3 + west 1 x 3",
  ],
  [
    "a cluster's own zones",
    fleetWith(east({ nodeLocations: zones("a") })),
    4,
    "east 1 x 1 + west 1 x 3",
  ],
  [
    "zones of node pools, each once",
    fleetWith(
      nodePool("east", "one", { nodeLocations: zones("a", "b") }),
      nodePool("east", "two", { nodeLocations: zones("b") }),
    ),
    5,
    "east 1 x 2 + west 1 x 3",
  ],
  [
    "a node pool beside one in the whole region",
    fleetWith(nodePool("east", "one", { nodeLocations: zones("a") }), nodePool("east", "two")),
    6,
    "east 1 x 3 + west 1 x 3",
  ],
  [
    "node pools in the cluster's own properties",
    fleetWith(east({ removeDefaultNodePool: null, nodePools: [{ nodeLocations: zones("a") }] })),
    4,
    "east 1 x 1 + west 1 x 3",
  ],
  [
    "an Autopilot cluster",
    fleetWith(east({ enableAutopilot: true })),
    6,
    "east 1 x 3 + west 1 x 3",
  ],
  [
    "a cluster that this stack does not make, as one zone",
    fleetWith({ ...part("InferencePool", "east-pool"), provider: providerId("none") }),
    4,
    "the default provider 1 x 1 + west 1 x 3",
  ],
  ["several ports", fleetWith(eastPool(PORTS, ports(2))), 9, "east 2 x 3 + west 1 x 3"],
  ["no ports as one", fleetWith(eastPool(PORTS)), 6, "east 1 x 3 + west 1 x 3"],
  ["an object for the ports as one", fleetWith(eastPool(PORTS, {})), 6, "east 1 x 3 + west 1 x 3"],
  ["no location as one zone", fleetWith(east({ location: null })), 4, "east 1 x 1 + west 1 x 3"],
  ["odd zones", fleetWith(east({ nodeLocations: [null, 5] })), 6, "east 1 x 3 + west 1 x 3"],
])("counts %s", async (_, resources, sum, terms) => {
  const limit = sum - 1;
  const options = { config: { [negsWithinLimit.name]: { limit } } };
  const [found, ...others] = await findings(resources, options);
  expect(found).toEqual(["mandatory", expect.any(String), tooMany(sum, terms, limit)]);
  expect(others).toEqual([]);
  expect(await findings(resources, { config: { [negsWithinLimit.name]: { limit: sum } } })).toEqual(
    [],
  );
});

test("blames the pool with the largest part", async () => {
  const stack = fleetWith(eastPool(PORTS, ports(2)));
  expect(await findings(stack, { config })).toEqual([
    ["mandatory", "east-pool", tooMany(9, "east 2 x 3 + west 1 x 3", 8)],
  ]);
});

test.each<[string, Registered, string, string]>([
  ["ports", eastPool(PORTS, UNKNOWN), "east-pool", "spec.targetPorts"],
  [
    "a pool's namespace",
    eastPool("metadata.namespace", UNKNOWN),
    "east-pool",
    "metadata.namespace",
  ],
  ["a pool's name", eastPool("metadata.name", UNKNOWN), "east-pool", "metadata.name"],
  ["a cluster's location", east({ location: UNKNOWN }), "east", "location"],
  ["a cluster's zones", east({ nodeLocations: UNKNOWN }), "east", "nodeLocations"],
  [
    "a node pool's zones",
    nodePool("east", "one", { nodeLocations: UNKNOWN }),
    "one",
    "nodeLocations",
  ],
])("advises where %s are not known yet", async (_, resource, name, path) => {
  expect(await findings(fleetWith(resource))).toEqual([["advisory", name, pending(path)]]);
});

test("judges what is known beside what is not", async () => {
  const stack = fleetWith(
    eastPool(PORTS, ports(2)),
    nodePool("west", "one", { nodeLocations: UNKNOWN }),
  );
  const options = { config: { [negsWithinLimit.name]: { limit: 6 } } };
  expect(await findings(stack, options)).toEqual([
    ["advisory", "one", pending("nodeLocations")],
    ["mandatory", "east-pool", tooMany(7, "east 2 x 3 + west 1 x 1", 6)],
  ]);
});

test("passes a stack without clusters", async () => {
  expect(await findings([pool])).toEqual([]);
  expect(await findings([])).toEqual([]);
});
