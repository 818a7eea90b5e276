import { UNKNOWN } from "../support/unknown";
import { nonSpotFallback } from "../../nodes/non-spot-fallback";
import { cluster, computeClass, pool, provider } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const violations = await runPolicies(resources, {
    policies: [nonSpotFallback],
    stack: "prod",
    firstPreview: true,
    ...options,
  });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

const says = (name: string, place = "nodeConfig.spot") =>
  `${place}: every GPU node of cluster ${name} is Spot, and Google may take all of them back at ` +
  "the same time; add GPU nodes that are not Spot, to fall back on";

const gpuEu = pool("gpu-eu", "eu");
const gpuUs = pool("gpu-us", "us");
const onDemand = (name: string) => changed(pool(`fallback-${name}`, name), "nodeConfig.spot");
const system = pool("system-eu", "eu", { nodeConfig: { machineType: "e2-standard-8" } });
const both = [cluster("eu"), cluster("us"), provider("eu"), gpuEu, gpuUs];

test.each<[string, Registered[]]>([
  ["a fallback in each cluster", [...both, onDemand("eu"), onDemand("us")]],
  ["clusters without GPUs", [cluster("eu"), system]],
  ["a stack without clusters", [gpuEu]],
  ["a flex-start fallback", [cluster("eu"), gpuEu, pool("f", "eu", flexStart())]],
  [
    "a fallback that GKE makes for a compute class",
    [cluster("eu"), provider("eu"), gpuEu, computeClass("c", "eu", [{ machineFamily: "g2" }])],
  ],
  ["a Spot pool of no nodes", [cluster("eu"), changed(gpuEu, "autoscaling.totalMaxNodeCount", 0)]],
  ["GPUs in a cluster's own pools", [inline({ machineType: "g2-standard-8" })]],
  ["a fallback beside one that is not known yet", [...both.slice(0, 4), hidden(), onDemand("eu")]],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test("outside production asks for none", async () => {
  expect(await findings(both, { stack: "dev" })).toEqual([]);
});

test.each<[string, Registered[], [string, string][]]>([
  [
    "Spot only, in two clusters",
    both,
    [
      ["gpu-eu", says("eu")],
      ["gpu-us", says("us")],
    ],
  ],
  ["a fallback in the other cluster", [...both, onDemand("us")], [["gpu-eu", says("eu")]]],
  ["a fallback without GPUs", [cluster("eu"), gpuEu, system], [["gpu-eu", says("eu")]]],
  [
    "a fallback of no nodes",
    [cluster("eu"), gpuEu, changed(onDemand("eu"), "autoscaling.totalMaxNodeCount", 0)],
    [["gpu-eu", says("eu")]],
  ],
  [
    "preemptible nodes",
    [cluster("eu"), pool("old", "eu", { nodeConfig: { ...gpu(), preemptible: true } })],
    [["old", says("eu")]],
  ],
  [
    "Spot in the cluster's own pool",
    [inline({ machineType: "g2-standard-8", spot: true })],
    [["eu", says("eu")]],
  ],
  [
    "Spot in a compute class only",
    [cluster("eu"), provider("eu"), computeClass("c", "eu", [{ gpu: { count: 1 }, spot: true }])],
    [["c", says("eu", "spec.priorities[0].spot")]],
  ],
  [
    "a class of Spot under a generated class's token",
    [
      cluster("eu"),
      provider("eu"),
      asGenerated(computeClass("c", "eu", [{ machineType: "g2-standard-8", spot: true }])),
    ],
    [["c", says("eu", "spec.priorities[0].spot")]],
  ],
])("advises where there is %s", async (_, resources, said) => {
  expect(await findings(resources)).toEqual(said.map((each) => ["advisory", ...each]));
});

test("says which switch is not known yet where all others are Spot", async () => {
  expect(await findings([cluster("eu"), gpuEu, hidden()])).toEqual([
    ["advisory", "hidden", pending("nodeConfig.spot")],
  ]);
});

test("takes other names for production", async () => {
  const config = { [nonSpotFallback.name]: { productionStacks: ["live"] } };
  expect(await findings(both, { config })).toEqual([]);
  expect(await findings([cluster("eu"), gpuEu], { config, stack: "live" })).toEqual([
    ["advisory", "gpu-eu", says("eu")],
  ]);
});

function gpu(): object {
  return { machineType: "g2-standard-8", guestAccelerators: [{ type: "nvidia-l4", count: 1 }] };
}

function flexStart(): object {
  return { nodeConfig: { ...gpu(), flexStart: true } };
}

function hidden(): Registered {
  return pool("hidden", "eu", { nodeConfig: { ...gpu(), spot: UNKNOWN } });
}

function inline(nodeConfig: object): Registered {
  return cluster("eu", { removeDefaultNodePool: false, nodeConfig });
}
