import { gpuMachines } from "../../../catalog/gpuMachines";
import * as catalog from "../../../catalog/prices";
import { regions } from "../../../catalog/regions";
import { SYSTEM_POOL } from "../../../catalog/systemPool";
import { UNKNOWN } from "../support/unknown";
import { hourlyBudget } from "../../nodes/hourly-budget";
import { CONTROL_PLANE, MACHINE_PRICES, PRICES_DATED } from "../../nodes/prices";
import { cluster, pool } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

async function findings(resources: readonly Registered[], settings: object = {}, stack = "dev") {
  const options: RunOptions = {
    policies: [hourlyBudget],
    stack,
    firstPreview: true,
    config: { [hourlyBudget.name]: settings },
  };
  const violations = await runPolicies(resources, options);
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

/** What the policy takes for the sum, told by a budget that nothing fits into. */
async function sumOf(resources: readonly Registered[], settings: object = {}): Promise<string> {
  const said = await findings(resources, { hourlyUsd: 0, ...settings });
  return /costs up to (\S+) \$\/h/.exec(said.map(([, , message]) => message).join())?.[1] ?? "0.00";
}

const says = (place: string, sum: string, budget: string, parts: string, setting = "hourlyUsd") =>
  `${place}: the stack costs up to ${sum} $/h, more than its budget of ${budget} $/h (the most ` +
  `expensive: ${parts}; highest list prices of any region, 2026-07-30); lower these sizes, or ` +
  `set ${setting} if it may cost that much`;

const advice = (type: string, given: string, nodes: number) =>
  `nodeConfig.machineType: ${given} has no price here, so ${nodes} nodes are not in the sum; ` +
  `give it in setting prices: {"${type}": {"onDemand": 1.5, "spot": 0.5}}`;

const onDemand = { machineType: "g2-standard-8" };
const eu = cluster("eu");
const sized = (size: object, nodeConfig: object = onDemand) =>
  pool("gpu", "eu", { autoscaling: null, ...size, nodeConfig });

test("takes the highest of the program's prices, and knows as many", () => {
  const types = new Set([...Object.keys(gpuMachines), SYSTEM_POOL.machineType]);
  const highest = [...types].flatMap((type) => {
    const priced = regions.flatMap((region) => catalog.machinePrice(type, region) ?? []);
    const price = {
      onDemand: Math.max(...priced.map((each) => each.onDemand)),
      spot: Math.max(...priced.map(({ spot }) => spot)),
    };
    return priced.length === 0 ? [] : [[type, price] as const];
  });
  expect(MACHINE_PRICES).toEqual(Object.fromEntries(highest));
  expect([CONTROL_PLANE, PRICES_DATED.asOf]).toEqual([
    catalog.CONTROL_PLANE,
    catalog.PRICES_DATED.asOf,
  ]);
});

test.each<[string, Registered[]]>([
  ["a stack without GKE", []],
  ["a small stack", [eu, pool("gpu", "eu")]],
  ["a stack in its budget to the cent", [eu, sized({ nodeCount: 1 }, { machineType: "dear" })]],
])("passes %s", async (_, resources) => {
  const prices = { dear: { onDemand: 16.63, spot: 1 } };
  expect(await findings(resources, { prices })).toEqual([]);
});

describe("counts nodes at their most", () => {
  test.each<[string, Registered[], string]>([
    ["a control plane", [eu], "0.10"],
    ["an Autopilot cluster by its fee", [cluster("eu", { enableAutopilot: true })], "0.10"],
    ["what two clusters have", [eu, cluster("us"), pool("gpu", "eu"), pool("b", "us")], "2.83"],
    ["the total of all zones", [eu, sized({ autoscaling: { totalMaxNodeCount: 2 } })], "2.29"],
    ["the most of each zone", [eu, sized({ autoscaling: { maxNodeCount: 1 } })], "3.39"],
    ["a fixed number in each zone", [eu, sized({ nodeCount: 1 })], "3.39"],
    ["the first number where there is no other", [eu, sized({ initialNodeCount: 1 })], "3.39"],
    ["a text", [eu, sized({ nodeCount: "1" })], "3.39"],
    ["no node where no number is given", [eu, sized({})], "0.10"],
    ["no node for a number that is none", [eu, sized({ nodeCount: [] })], "0.10"],
    ["the pool's own zones", [eu, sized({ nodeCount: 1, nodeLocations: ["a"] })], "1.20"],
    [
      "the cluster's zones",
      [cluster("eu", { nodeLocations: ["a", "b"] }), sized({ nodeCount: 1 })],
      "2.29",
    ],
    [
      "one zone of a zonal cluster",
      [cluster("eu", { location: "europe-west3-a" }), sized({ nodeCount: 1 })],
      "1.20",
    ],
    [
      "a zonal cluster's own zone beside its further ones",
      [
        cluster("eu", { location: "europe-west3-a", nodeLocations: ["europe-west3-b"] }),
        sized({ nodeCount: 1 }),
      ],
      "2.29",
    ],
    [
      "one zone at least where the place is not known yet",
      [cluster("eu", { location: UNKNOWN }), sized({ nodeCount: 1 })],
      "1.20",
    ],
    [
      "the cluster's own pool",
      [cluster("eu", { removeDefaultNodePool: false, nodeConfig: onDemand })],
      "3.39",
    ],
    [
      "pools in the cluster's properties",
      [cluster("eu", { nodePools: [{ nodeCount: 1, nodeConfig: onDemand }, { nodeCount: 0 }] })],
      "3.39",
    ],
    ["a pool of a cluster of another stack", [sized({ nodeCount: 1 })], "3.29"],
    ["Spot", [eu, sized({ nodeCount: 1 }, { ...onDemand, spot: true })], "2.07"],
    [
      "flex-start as on demand",
      [eu, sized({ nodeCount: 1 }, { ...onDemand, flexStart: true })],
      "3.39",
    ],
  ])("%s", async (_, resources, sum) => {
    expect(await sumOf(resources)).toBe(sum);
  });
});

test("names the sum, the budget and the three most expensive", async () => {
  const resources = [
    eu,
    pool("small", "eu"),
    pool("system", "eu", { nodeConfig: { machineType: "e2-standard-8" } }),
  ];
  const large = pool("large", "eu", {
    autoscaling: { totalMaxNodeCount: 4 },
    nodeConfig: { machineType: "a3-highgpu-2g", spot: true },
  });
  expect(await findings([...resources, large])).toEqual([
    [
      "mandatory",
      "large",
      says(
        "autoscaling.totalMaxNodeCount",
        "53.40",
        "50",
        "large 4 x a3-highgpu-2g spot = 51.22, small 2 x g2-standard-8 spot = 1.32, " +
          "system 2 x e2-standard-8 = 0.76",
      ),
    ],
  ]);
  expect(await findings([...resources, large], { hourlyUsd: 60 })).toEqual([]);
});

test("says the same whatever order the resources come in", async () => {
  const resources = [eu, ...["b", "c", "a", "d"].map((name) => pool(name, "eu"))];
  const said = await findings(resources, { hourlyUsd: 1 });
  expect(said).toEqual([["mandatory", "a", expect.stringContaining("expensive: a 2 x")]]);
  expect(await findings([...resources].reverse(), { hourlyUsd: 1 })).toEqual(said);
});

test("names what stands in a cluster's properties by its place", async () => {
  const inline = cluster("eu", { nodePools: [{ nodeCount: 1, nodeConfig: onDemand }] });
  expect(await findings([inline], { hourlyUsd: 1 })).toEqual([
    [
      "mandatory",
      "eu",
      says(
        "nodePools[0].nodeCount",
        "3.39",
        "1",
        "eu nodePools[0] 3 x g2-standard-8 = 3.29, control plane of eu = 0.10",
      ),
    ],
  ]);
});

test("has another budget in production", async () => {
  const h100 = (nodes: number) => [
    eu,
    sized({ autoscaling: { totalMaxNodeCount: nodes } }, { machineType: "a3-highgpu-8g" }),
  ];
  expect(await findings(h100(3), {}, "prod")).toEqual([]);
  expect(await findings(h100(4), {}, "prod")).toEqual([
    [
      "mandatory",
      "gpu",
      says(
        "autoscaling.totalMaxNodeCount",
        "506.67",
        "500",
        "gpu 4 x a3-highgpu-8g = 506.57, control plane of eu = 0.10",
        "productionHourlyUsd",
      ),
    ],
  ]);
  expect(await findings(h100(4), { productionHourlyUsd: 600 }, "prod")).toEqual([]);
  expect(await findings(h100(3), { productionStacks: [] }, "prod")).toHaveLength(1);
});

describe("a type without a price", () => {
  const n1 = { machineType: "n1-standard-4" };

  test("is named, and is in no sum", async () => {
    expect(await findings([eu, sized({ nodeCount: 2 }, n1)])).toEqual([
      ["advisory", "gpu", advice("n1-standard-4", "n1-standard-4", 6)],
    ]);
    expect(await findings([eu, sized({ nodeCount: 2 }, {})])).toEqual([
      ["advisory", "gpu", advice("e2-medium", "is not set, so GKE takes e2-medium, which", 6)],
    ]);
  });

  test("does not hide a sum that is too large", async () => {
    const said = await findings([eu, sized({ nodeCount: 2 }, n1)], { hourlyUsd: 0 });
    expect(said.map(([level]) => level)).toEqual(["advisory", "mandatory"]);
  });

  test("takes the price that is given, also in place of one there is", async () => {
    const prices = {
      "n1-standard-4": { onDemand: 1, spot: 0.5 },
      "g2-standard-8": { onDemand: 2, spot: 0.1 },
    };
    expect(await sumOf([eu, sized({ nodeCount: 1 }, n1)], { prices })).toBe("3.10");
    expect(await sumOf([eu, sized({ nodeCount: 1 })], { prices })).toBe("6.10");
  });

  test("is no matter where there is none of it", async () => {
    expect(await findings([eu, sized({ nodeCount: 0 }, n1)])).toEqual([]);
  });
});

test.each<[string, Registered]>([
  ["autoscaling.totalMaxNodeCount", changed(pool("gpu", "eu"), "autoscaling", UNKNOWN)],
  ["nodeCount", sized({ nodeCount: UNKNOWN })],
  ["nodeConfig.machineType", sized({ nodeCount: 1 }, { machineType: UNKNOWN })],
  ["nodeConfig.spot", sized({ nodeCount: 1 }, { ...onDemand, spot: UNKNOWN })],
])("advises where %s is not known yet, and judges the rest", async (path, resource) => {
  const large = { ...sized({ nodeCount: 20 }), name: "large" };
  expect(await findings([eu, resource])).toEqual([["advisory", "gpu", pending(path)]]);
  expect(await findings([eu, resource, large])).toEqual([
    ["advisory", "gpu", pending(path)],
    ["mandatory", "large", expect.stringContaining("the stack costs up to 65.86 $/h")],
  ]);
});

test("counts a pool once that a running cluster lists too", async () => {
  const own = pool("gpu", "eu");
  const running = { ...eu, outputs: { ...eu.inputs, nodePools: [own.inputs] } };
  const settings = { hourlyUsd: 0 };
  const options = { policies: [hourlyBudget], config: { [hourlyBudget.name]: settings } };
  const said = await runPolicies([running, own], options);
  expect(said).toEqual(await runPolicies([eu, own], options));
});
