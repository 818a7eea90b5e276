import {
  node,
  nodeLabels,
  nodeName,
  nodeTaints,
  placements,
} from "../../../../emulator/gke/nodes/node";
import { freeNetwork } from "../../../../emulator/gke/nodes/nodePools";
import { Node } from "../../../../emulator/gke/world/kinds";
import { clusterSpec, nodePool, object } from "../support/world";

const cluster = clusterSpec("gke-east", "us-east4");
const gpu = nodePool(cluster, { taints: [{ key: "team", value: "", effect: "NoExecute" }] });
const system = nodePool(cluster, {
  name: "system",
  machineType: "e2-standard-8",
  accelerator: undefined,
  spot: false,
});
const first = { zone: "us-east4-a", index: 0 };

test("a pool has its number of nodes in each zone", () => {
  const pool = { ...gpu, zones: ["us-east4-a", "us-east4-b"], nodesPerZone: 2 };
  expect(placements(pool)).toEqual([
    { zone: "us-east4-a", index: 0 },
    { zone: "us-east4-a", index: 1 },
    { zone: "us-east4-b", index: 0 },
    { zone: "us-east4-b", index: 1 },
  ]);
});

test("a name is the same every time, its own in every place, and another for other machines", () => {
  const name = nodeName(cluster, gpu, first);
  expect(name).toMatch(/^gke-gke-east-gpu-[0-9a-f]{8}-[0-9a-f]{4}$/);
  expect(nodeName(cluster, { ...gpu, labels: { a: "b" }, nodesPerZone: 9 }, first)).toBe(name);
  const others = [
    nodeName(cluster, gpu, { zone: "us-east4-a", index: 1 }),
    nodeName(cluster, gpu, { zone: "us-east4-b", index: 0 }),
    nodeName(cluster, { ...gpu, machineType: "a3-highgpu-1g" }, first),
    nodeName(cluster, { ...gpu, spot: false }, first),
    nodeName(cluster, { ...gpu, flexStart: true }, first),
    nodeName(clusterSpec("gke-east", "us-east1"), gpu, first),
  ];
  expect(new Set([name, ...others]).size).toBe(7);
  const long = "a".repeat(40);
  const longest = nodeName(clusterSpec(long, "us-east4"), { ...gpu, name: long }, first);
  expect(longest.length).toBeLessThanOrEqual(63);
});

test("labels say where a node is and what it is", () => {
  expect(nodeLabels({ ...gpu, labels: { team: "ml" } }, "n1", first)).toEqual({
    team: "ml",
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": "n1",
    "kubernetes.io/os": "linux",
    "node.kubernetes.io/instance-type": "a3-highgpu-2g",
    "topology.kubernetes.io/region": "us-east4",
    "topology.kubernetes.io/zone": "us-east4-a",
    "topology.gke.io/zone": "us-east4-a",
    "cloud.google.com/gke-nodepool": "gpu",
    "cloud.google.com/gke-container-runtime": "containerd",
    "cloud.google.com/gke-os-distribution": "cos",
    "cloud.google.com/gke-max-pods-per-node": "110",
    "cloud.google.com/gke-provisioning": "spot",
    "cloud.google.com/gke-spot": "true",
    "cloud.google.com/machine-family": "a3",
    "cloud.google.com/gke-accelerator": "nvidia-h100-80gb",
    "cloud.google.com/gke-accelerator-count": "2",
  });
});

test("labels of a flex-start pool say so in its two ways", () => {
  const spot = nodeLabels(gpu, "n1", first);
  const flexStart = nodeLabels({ ...gpu, spot: false, flexStart: true }, "n1", first);
  const changed = Object.entries({ ...spot, ...flexStart })
    .filter(([key]) => spot[key] !== flexStart[key])
    .map(([key]) => [key, spot[key], flexStart[key]]);
  expect(changed).toEqual([
    ["cloud.google.com/gke-provisioning", "spot", "flex-start"],
    ["cloud.google.com/gke-spot", "true", undefined],
    ["cloud.google.com/gke-flex-start", undefined, "true"],
  ]);
});

test("a pool without GPUs and not on spot has no such labels", () => {
  const labels = nodeLabels(system, "n1", first);
  expect(labels["cloud.google.com/gke-provisioning"]).toBe("standard");
  expect(Object.keys(labels).filter((key) => /spot|accelerator/.test(key))).toEqual([]);
});

const PRESENT = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };
const OWN = { key: "team", effect: "NoExecute" };

test("GPU nodes are tainted where the cluster has other nodes too", () => {
  expect(nodeTaints(gpu, [gpu, system])).toEqual([OWN, PRESENT]);
  expect(nodeTaints(gpu, [gpu])).toEqual([OWN]);
  expect(nodeTaints(system, [gpu, system])).toEqual([OWN].slice(1));
  const elsewhere = { ...system, cluster: "another" };
  expect(nodeTaints(gpu, [gpu, elsewhere])).toEqual([OWN]);
});

test("a GPU taint of the pool's own is not doubled", () => {
  const own = { ...gpu, taints: [{ key: "nvidia.com/gpu", value: "mine", effect: "NoExecute" }] };
  expect(nodeTaints(own, [own, system])).toEqual(own.taints);
});

test("a node registers Ready, with its resources, addresses and version", () => {
  const network = { address: "10.128.0.2", podCidr: "10.4.0.0/24" };
  const made = node(cluster, gpu, [gpu, system], first, network) as Node;
  const name = nodeName(cluster, gpu, first);
  expect(made.spec).toEqual({
    podCIDR: "10.4.0.0/24",
    podCIDRs: ["10.4.0.0/24"],
    providerID: `gce://demo/us-east4-a/${name}`,
    taints: [OWN, PRESENT],
  });
  expect(made.status).toMatchObject({
    allocatable: { "nvidia.com/gpu": "2" },
    addresses: [
      { type: "InternalIP", address: "10.128.0.2" },
      { type: "Hostname", address: name },
    ],
    nodeInfo: { kubeletVersion: "v1.34.1-gke.1127000" },
  });
  expect(made.status?.conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
    "Ready=True",
    "MemoryPressure=False",
    "DiskPressure=False",
    "PIDPressure=False",
  ]);
});

test("each node gets an address and a pod range that no other has", () => {
  const taken = object("Node", "n1", {
    spec: { podCIDR: "10.4.0.0/24" },
    status: { addresses: [{ type: "InternalIP", address: "10.128.0.2" }] },
  });
  expect(freeNetwork(cluster, [])).toEqual({ address: "10.128.0.2", podCidr: "10.4.0.0/24" });
  expect(freeNetwork(cluster, [taken])).toEqual({ address: "10.128.0.3", podCidr: "10.4.1.0/24" });
});

test("a range that is full is named", () => {
  const taken = object("Node", "n1", { spec: { podCIDR: "10.4.0.0/24" } });
  expect(() => freeNetwork({ ...cluster, podCidr: "10.4.0.0/24" }, [taken])).toThrow(
    "cluster gke-east: 10.4.0.0/24 has no /24 left",
  );
  expect(() => freeNetwork({ ...cluster, nodeCidr: "10.0.0.0/30" }, [])).toThrow(
    "cluster gke-east: 10.0.0.0/30 has no address left",
  );
});
