import { Autoscaler } from "../../../../emulator/gke/nodes/autoscaler";
import { NodePoolSpec } from "../../../../emulator/gke/gke";
import { nodeName } from "../../../../emulator/gke/nodes/node";
import { clusterSpec, FakeCluster, nodePool, object } from "../support/world";

const spec = clusterSpec("gke-east", "us-east4");
const KEY = "cloud.google.com/compute-class";
const ZONES = ["us-east4-a", "us-east4-b"];
const GPU = { "nvidia.com/gpu": "1" };

const MARKED: Partial<NodePoolSpec> = {
  labels: { [KEY]: "model-server" },
  taints: [{ key: KEY, value: "model-server", effect: "NoSchedule" }],
};
const H100 = { zones: [], nodesPerZone: 0, autoscaling: { zones: ZONES, maxNodes: 2 } };
const gpu = nodePool(spec, { ...MARKED, ...H100 });
const fallback = nodePool(spec, {
  ...MARKED,
  ...H100,
  name: "fallback",
  machineType: "a3-highgpu-8g",
  accelerator: { type: "nvidia-h100-80gb", count: 8 },
});

const UNSCHEDULABLE = [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }];
const CLASS_TOLERATION = { key: KEY, operator: "Equal", value: "model-server" };
/** As the API server adds it to pods that ask for GPUs. */
const GPU_TOLERATION = { key: "nvidia.com/gpu", operator: "Exists" };

function waiting(name: string, requests: Record<string, string> = GPU, more: object = {}) {
  return object(
    "Pod",
    `default/${name}`,
    {
      spec: {
        containers: [{ name: "vllm", resources: { requests } }],
        nodeSelector: { [KEY]: "model-server" },
        tolerations: [CLASS_TOLERATION, GPU_TOLERATION],
        ...more,
      },
      status: { conditions: UNSCHEDULABLE },
    },
    { uid: name },
  );
}

/** A cluster with a compute class of two pools, in which nodes are added as the autoscaler wants. */
function world(pools = [fallback, gpu], timeScale = 0) {
  const priorities = [{ nodepools: ["gpu"] }, { nodepools: ["fallback"] }];
  const cluster = new FakeCluster(spec, [
    object("ComputeClass", "model-server", { spec: { priorities } }),
  ]);
  cluster.pools = pools;
  const added: string[] = [];
  const clock = { now: 0 };
  const autoscaler = new Autoscaler(
    cluster,
    async (pool, at) => {
      added.push(`${pool.name} ${at.zone} ${at.index}`);
      const labels = { "cloud.google.com/gke-nodepool": pool.name };
      cluster.put(object("Node", nodeName(spec, pool, at), { spec: {} }, { labels }));
    },
    () => timeScale,
    () => clock.now,
  );
  return { cluster, added, autoscaler, clock };
}

/** The scheduler places a pod. */
function placed(name: string) {
  return object(
    "Pod",
    `default/${name}`,
    { spec: { nodeName: "n", containers: [] } },
    { uid: name },
  );
}

let current: ReturnType<typeof world> | undefined;
function start(...args: Parameters<typeof world>) {
  current = world(...args);
  return current;
}
afterEach(() => current?.autoscaler.stop());

test("a pod without room gets a node of the first pool of its class, whatever the order of the pools", async () => {
  const { cluster, added, autoscaler } = start();
  cluster.put(waiting("vllm-0"));
  await autoscaler.pass();
  expect(added).toEqual(["gpu us-east4-a 0"]);
});

test("pods share a node as far as it goes, and the next is in another zone", async () => {
  const { cluster, added, autoscaler } = start();
  cluster.put(...["vllm-0", "vllm-1", "vllm-2"].map((name) => waiting(name)));
  await autoscaler.pass();
  expect(added).toEqual(["gpu us-east4-a 0", "gpu us-east4-b 0"]);
});

test("where the first pool cannot grow, it is the second", async () => {
  const { cluster, added, autoscaler } = start();
  cluster.put(...Array.from({ length: 6 }, (_, i) => waiting(`vllm-${i}`)));
  await autoscaler.pass();
  expect(added).toEqual(["gpu us-east4-a 0", "gpu us-east4-b 0", "fallback us-east4-a 0"]);
});

test("while the scheduler has not looked, no second node is added; once it has in vain, one is", async () => {
  const { cluster, added, autoscaler, clock } = start();
  cluster.put(waiting("vllm-0"));
  await autoscaler.pass();
  clock.now = 9_999;
  await autoscaler.pass();
  expect(added).toHaveLength(1);
  clock.now = 10_000;
  await autoscaler.pass();
  expect(added).toEqual(["gpu us-east4-a 0", "gpu us-east4-b 0"]);
});

test("a node that was used counts no more as room", async () => {
  const { cluster, added, autoscaler } = start();
  cluster.put(waiting("vllm-0"));
  await autoscaler.pass();
  cluster.put(placed("vllm-0"), waiting("vllm-1"));
  await autoscaler.pass();
  expect(added).toEqual(["gpu us-east4-a 0", "gpu us-east4-b 0"]);
});

test("it takes a node its time", async () => {
  const { cluster, added, autoscaler } = start([gpu], 1);
  cluster.put(waiting("vllm-0"));
  await autoscaler.pass();
  expect(added).toEqual([]);
});

test.each<[string, ReturnType<typeof waiting>]>([
  ["selects a class that is not there", waiting("p", GPU, { nodeSelector: { [KEY]: "another" } })],
  [
    "selects another accelerator",
    waiting("p", GPU, {
      nodeSelector: { [KEY]: "model-server", "cloud.google.com/gke-accelerator": "nvidia-l4" },
    }),
  ],
  ["does not tolerate the class", waiting("p", GPU, { tolerations: [GPU_TOLERATION] })],
  ["asks for more than any node has", waiting("p", { "nvidia.com/gpu": "9" })],
  ["is placed", placed("p")],
  [
    "is on its way out",
    { ...waiting("p"), metadata: { ...waiting("p").metadata, deletionTimestamp: "x" } },
  ],
])("no node is added for a pod that %s", async (_what, pod) => {
  const { cluster, added, autoscaler } = start();
  cluster.put(pod);
  await autoscaler.pass();
  expect(added).toEqual([]);
});

test("a pool without autoscaling does not grow", async () => {
  const { cluster, added, autoscaler } = start([{ ...gpu, autoscaling: undefined }]);
  cluster.put(waiting("vllm-0"));
  await autoscaler.pass();
  expect(added).toEqual([]);
});

test("a pod that selects no class has all pools, and its zone", async () => {
  const system = nodePool(spec, {
    ...H100,
    name: "system",
    machineType: "e2-standard-8",
    accelerator: undefined,
    spot: false,
  });
  const { cluster, added, autoscaler } = start([gpu, system]);
  const nodeSelector = { "topology.kubernetes.io/zone": "us-east4-b" };
  cluster.put(waiting("epp", { cpu: "4", memory: "8Gi" }, { nodeSelector, tolerations: [] }));
  await autoscaler.pass();
  expect(added).toEqual(["system us-east4-b 0"]);
});
