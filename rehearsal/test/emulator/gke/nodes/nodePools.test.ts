import { NodePools } from "../../../../emulator/gke/nodes/nodePools";
import { NodePoolSpec } from "../../../../emulator/gke/gke";
import { Node } from "../../../../emulator/gke/world/kinds";
import { KubeClient } from "../../../../emulator/kube/client";
import { KubeError } from "../../../../emulator/kube/errors";
import { KubeObject } from "../../../../emulator/kube/objects";
import { clusterSpec, nodePool, object } from "../support/world";

const cluster = clusterSpec("gke-east", "us-east4");
const gpu = nodePool(cluster, { nodesPerZone: 2 });
const system = nodePool(cluster, {
  name: "system",
  machineType: "e2-standard-8",
  accelerator: undefined,
  spot: false,
});

type Patch = { metadata?: { labels: Record<string, string | null> }; spec: object };

/** An API server with nodes and pods; a pod that is deleted goes, unless it hangs. */
function server() {
  const nodes = new Map<string, Node>();
  const pods = new Map<string, KubeObject>();
  const log: string[] = [];
  /** How many pods of a budget may be missing now. */
  const budgets = new Map<string, number>();
  const client = {
    path: async (...[, kind, , name]: string[]) => `/${kind}/${name}`,
    request: async (method: string, path: string, { body }: { body: { kind: string } }) => {
      const name = path.split("/")[2] ?? "";
      log.push(`${method} ${path} ${body.kind}`);
      const budget = pods.get(name)?.metadata.labels?.budget;
      if (budget && (budgets.get(budget) ?? 0) < 1) {
        throw new KubeError({ code: 429, reason: "TooManyRequests", message: "budget" });
      }
      if (budget) budgets.set(budget, 0);
      pods.delete(name);
    },
    list: async (_version: string, kind: string) => [...(kind === "Node" ? nodes : pods).values()],
    create: async (node: Node) => nodes.set(node.metadata.name, node),
    patch: async (node: Node, patch: Patch) => {
      const { name } = node.metadata;
      log.push(`patch ${name} ${JSON.stringify(patch)}`);
      const labels = { ...node.metadata.labels, ...patch.metadata?.labels };
      const kept = Object.entries(labels).filter(
        (entry): entry is [string, string] => entry[1] !== null,
      );
      const metadata = { ...node.metadata, labels: Object.fromEntries(kept) };
      nodes.set(name, { ...node, metadata, spec: { ...node.spec, ...patch.spec } });
    },
    delete: async (ref: { kind: string; name: string }, options: object = {}) => {
      log.push(`delete ${ref.kind} ${ref.name} ${JSON.stringify(options)}`);
      const hangs =
        pods.get(ref.name)?.metadata.labels?.hangs && !("gracePeriodSeconds" in options);
      const pod = pods.get(ref.name);
      if (ref.kind === "Node") nodes.delete(ref.name);
      else if (hangs && pod) {
        pods.set(ref.name, { ...pod, metadata: { ...pod.metadata, deletionTimestamp: "x" } });
      } else pods.delete(ref.name);
    },
  };
  const pools: NodePoolSpec[] = [];
  const nodePools = new NodePools(
    client as unknown as KubeClient,
    () => cluster,
    () => pools,
  );
  const set = async (pool: NodePoolSpec) => {
    const at = pools.findIndex((p) => p.name === pool.name);
    pools.splice(at < 0 ? pools.length : at, 1, pool);
    await nodePools.set(pool);
  };
  const put = (name: string, nodeName: string, labels: Record<string, string> = {}) =>
    pods.set(
      name,
      object("Pod", `default/${name}`, { spec: { nodeName, containers: [] } }, { labels }),
    );
  return { nodes, put, log, set, nodePools, budgets };
}

const GPU_TAINT = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

test("a pool's nodes are made once, each with a range of its own", async () => {
  const { nodes, set, log } = server();
  await set(gpu);
  await set(gpu);
  expect(
    [...nodes.values()].map((n) => [n.spec.podCIDR, n.status?.addresses?.[0]?.address]),
  ).toEqual([
    ["10.4.0.0/24", "10.128.0.2"],
    ["10.4.1.0/24", "10.128.0.3"],
  ]);
  expect(log).toEqual([]);
});

test("GPU nodes are tainted when the cluster gets other nodes", async () => {
  const { nodes, set } = server();
  const taints = () => [...nodes.values()].map((n) => n.spec.taints);
  await set(gpu);
  expect(taints()).toEqual([[], []]);
  await set(system);
  expect(taints()).toEqual([[GPU_TAINT], [GPU_TAINT], []]);
});

test("a pool's new labels replace its old ones", async () => {
  const { nodes, set } = server();
  await set({ ...gpu, nodesPerZone: 1, labels: { a: "1", b: "2" } });
  await set({ ...gpu, nodesPerZone: 1, labels: { a: "3" } });
  const [{ metadata } = object("Node", "none")] = nodes.values();
  expect([metadata.labels?.a, metadata.labels && "b" in metadata.labels]).toEqual(["3", false]);
});

test("a node that goes is cordoned and drained first", async () => {
  const { nodes, put, log, set } = server();
  await set(gpu);
  const [first = "", second = ""] = nodes.keys();
  put("vllm-1", second);
  put("vllm-0", first);
  put("unbound", "");
  await set({ ...gpu, nodesPerZone: 1 });
  expect(log).toEqual([
    `patch ${second} {"spec":{"unschedulable":true}}`,
    "POST /Pod/vllm-1/eviction Eviction",
    `delete Node ${second} {}`,
  ]);
  expect([...nodes.keys()]).toEqual([first]);
});

test("nodes that the autoscaler has added stay, up to the pool's limit", async () => {
  const { nodes, set, nodePools } = server();
  const autoscaling = { zones: ["us-east4-a", "us-east4-b"], maxNodes: 2 };
  const pool = { ...gpu, nodesPerZone: 1, autoscaling };
  await set(pool);
  const added = { zone: "us-east4-b", index: 0 };
  await Promise.all([nodePools.add(pool, added), nodePools.add(pool, added)]);
  await set(pool);
  expect([...nodes.values()].map(({ spec }) => spec.podCIDR)).toEqual([
    "10.4.0.0/24",
    "10.4.1.0/24",
  ]);
  await set({ ...pool, autoscaling: undefined });
  expect(nodes.size).toBe(1);
});

test("other machines are other nodes", async () => {
  const { nodes, set } = server();
  await set({ ...gpu, nodesPerZone: 1 });
  const [before] = nodes.keys();
  await set({
    ...gpu,
    nodesPerZone: 1,
    machineType: "a3-highgpu-1g",
    accelerator: { type: "nvidia-h100-80gb", count: 1 },
  });
  const [after, ...rest] = nodes.keys();
  expect(rest).toEqual([]);
  expect(after).not.toBe(before);
});

/** Deletes a pool with two pods under one budget, of which one may be missing; then the budget has room again. */
async function deletePoolWithBudget(respectsBudgets: boolean): Promise<string[]> {
  jest.useFakeTimers();
  try {
    const { nodes, put, log, set, nodePools, budgets } = server();
    await set(gpu);
    const [first = "", second = ""] = nodes.keys();
    put("vllm-0", first, { budget: "vllm" });
    put("vllm-1", second, { budget: "vllm" });
    budgets.set("vllm", 1);
    const deleted = nodePools.delete("gpu", respectsBudgets);
    await jest.advanceTimersByTimeAsync(50);
    log.push("the budget has room again");
    budgets.set("vllm", 1);
    await jest.advanceTimersByTimeAsync(500);
    await deleted;
    return log.filter((line) => !/Node|patch/.test(line));
  } finally {
    jest.useRealTimers();
  }
}

test("a pool that respects budgets is emptied as they allow", async () => {
  expect(await deletePoolWithBudget(true)).toEqual([
    "POST /Pod/vllm-0/eviction Eviction",
    "POST /Pod/vllm-1/eviction Eviction",
    "the budget has room again",
    "POST /Pod/vllm-1/eviction Eviction",
  ]);
});

test("any other pool that is deleted is emptied at once", async () => {
  expect(await deletePoolWithBudget(false)).toEqual([
    "delete Pod vllm-0 {}",
    "delete Pod vllm-1 {}",
    "the budget has room again",
  ]);
});

test("a pod that does not end in time is removed", async () => {
  jest.useFakeTimers();
  try {
    const { nodes, put, log, set, nodePools } = server();
    await set({ ...gpu, nodesPerZone: 1 });
    const [name = ""] = nodes.keys();
    put("stuck", name, { hangs: "yes" });
    const deleted = nodePools.delete("gpu", false);
    await jest.advanceTimersByTimeAsync(10_500);
    await deleted;
    expect(log.slice(1)).toEqual([
      "delete Pod stuck {}",
      'delete Pod stuck {"gracePeriodSeconds":0}',
      `delete Node ${name} {}`,
    ]);
  } finally {
    jest.useRealTimers();
  }
});
