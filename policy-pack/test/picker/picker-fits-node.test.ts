import { UNKNOWN } from "../support/unknown";
import { machineOf } from "../../nodes/machine";
import { pickerFitsNode } from "../../picker/picker-fits-node";
import { cluster, pool, provider } from "../fixtures/gpu";
import { picker as bare } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const REQUESTS = "spec.template.spec.containers[0].resources.requests";
const NO_GPUS = { guestAccelerators: [], taints: [], spot: false };

const picker = pickerIn("gke");
const system = systemPool("system", "gke", "e2-standard-8");
const gpus = pool("gpus", "gke");
const good = [cluster("gke"), system, gpus, provider("gke"), picker];

function pickerIn(name: string, requests: object = { cpu: "4", memory: "8Gi" }): Registered {
  const there = { ...bare, name: `${name}-epp`, provider: `pulumi:providers:kubernetes::${name}` };
  return changed(there, `${CONTAINER}.resources`, { requests });
}

function systemPool(name: string, clusterName: string, machineType: unknown, more: object = {}) {
  return pool(name, clusterName, { nodeConfig: { machineType, ...NO_GPUS, ...more } });
}

const asking = (requests: object) => [...good.slice(0, -1), pickerIn("gke", requests)];
const withPod = (path: string, value: unknown) => [
  ...good.slice(0, -1),
  changed(picker, `spec.template.spec.${path}`, value),
];
const onPools = (...pools: Registered[]) => [cluster("gke"), ...pools, provider("gke"), picker];
const inCluster = (inputs: object) => [cluster("gke", inputs), gpus, provider("gke"), picker];

const findings = findingsOf(pickerFitsNode);

const none = (reasons: string, asked = "4 CPUs and 8 GiB", name = "gke") =>
  `${REQUESTS}: no node pool of cluster ${name} takes a pod that requests ${asked} (${reasons}); ` +
  "add a node pool without GPUs whose machines have more than that";

test.each<[string, number, number]>([
  ["e2-standard-8", 8, 32],
  ["n2-highmem-4", 4, 32],
  ["n2d-highcpu-16", 16, 16],
  ["n1-standard-4", 4, 15],
  ["c3-highcpu-8", 8, 16],
  ["c3d-standard-8-lssd", 8, 32],
  ["e2-medium", 2, 4],
  ["n2-custom-6-20480", 6, 20],
  ["custom-4-8192-ext", 4, 8],
  ["e2-custom-medium-2-3072", 2, 3],
])("knows %s", (type, cpus, memoryGib) => {
  expect(machineOf(type)).toEqual({ cpus, memoryGib });
});

test.each(["x9-standard-8", "t2d-highmem-8", "m3-ultramem-32", "e2", ""])(
  "does not know %j",
  (type) => {
    expect(machineOf(type)).toBeUndefined();
  },
);

test.each<[string, readonly Registered[]]>([
  ["a pool that is large enough", good],
  ["a type that is not known here", onPools(gpus, systemPool("system", "gke", "z3-standard-88"))],
  [
    "a pool in the cluster",
    inCluster({ nodePools: [{ nodeConfig: { machineType: "n2-standard-8" } }] }),
  ],
  [
    "the cluster's first pool",
    inCluster({ removeDefaultNodePool: false, nodeConfig: { machineType: "n2-standard-8" } }),
  ],
  [
    "a taint that it tolerates",
    [
      ...onPools(
        gpus,
        systemPool("system", "gke", "e2-standard-8", {
          taints: [{ key: "own", value: "x", effect: "NO_SCHEDULE" }],
        }),
      ).slice(0, -1),
      changed(picker, "spec.template.spec.tolerations", [{ key: "own", operator: "Exists" }]),
    ],
  ],
  [
    "a taint that only asks for other pods",
    onPools(
      systemPool("system", "gke", "e2-standard-8", {
        taints: [{ key: "own", value: "x", effect: "PREFER_NO_SCHEDULE" }],
      }),
    ),
  ],
  ["Autopilot", [cluster("gke", { enableAutopilot: true }), gpus, provider("gke"), picker]],
  ["node auto-provisioning", inCluster({ clusterAutoscaling: { enabled: true } })],
  [
    "a compute class",
    [
      cluster("gke"),
      gpus,
      provider("gke"),
      changed(picker, "spec.template.spec.nodeSelector", { "cloud.google.com/compute-class": "x" }),
    ],
  ],
  ["pools of another stack", [cluster("gke"), provider("gke"), picker]],
  ["a cluster of another stack", [gpus, provider("gke"), picker]],
  ["no picker", [cluster("gke"), gpus, provider("gke")]],
  [
    "a small request",
    [
      ...onPools(systemPool("system", "gke", "e2-medium")).slice(0, -1),
      pickerIn("gke", { cpu: "500m", memory: "512Mi" }),
    ],
  ],
  [
    "a patch",
    [
      cluster("gke"),
      gpus,
      provider("gke"),
      { ...picker, type: "kubernetes:apps/v1:DeploymentPatch" },
    ],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string]>([
  ["GPU nodes alone", onPools(gpus), none("gpus has GPUs")],
  [
    "as many CPUs as it requests",
    onPools(systemPool("system", "gke", "e2-standard-4")),
    none("system is of e2-standard-4"),
  ],
  [
    "too little memory",
    onPools(systemPool("system", "gke", "e2-highcpu-8"), gpus),
    none("gpus has GPUs, system is of e2-highcpu-8"),
  ],
  [
    "the standard machine",
    onPools(systemPool("system", "gke", undefined)),
    none("system is of e2-medium"),
  ],
  [
    "requests of all containers",
    withPod("containers.1", { name: "two", resources: { limits: { cpu: 4 } } }),
    none("gpus has GPUs, system is of e2-standard-8", "8 CPUs and 8 GiB"),
  ],
  [
    "sidecars",
    withPod("initContainers", [
      { name: "s", restartPolicy: "Always", resources: { requests: { memory: "24.5Gi" } } },
    ]),
    none("gpus has GPUs, system is of e2-standard-8", "4 CPUs and 32.5 GiB"),
  ],
  [
    "limits in place of requests",
    withPod("containers.0.resources", { limits: { cpu: "8500m" } }),
    none("gpus has GPUs, system is of e2-standard-8", "8.5 CPUs and 0 GiB"),
  ],
  [
    "no requests",
    [...onPools(gpus).slice(0, -1), pickerIn("gke", {})],
    none("gpus has GPUs", "0 CPUs and 0 GiB"),
  ],
  [
    "a taint",
    onPools(
      systemPool("system", "gke", "e2-standard-8", {
        taints: [{ key: "own", value: "x", effect: "NO_SCHEDULE" }],
      }),
    ),
    none("system has other labels or taints"),
  ],
  [
    "another pool's label",
    withPod("nodeSelector", { "cloud.google.com/gke-nodepool": "x" }),
    none("gpus has GPUs, system has other labels or taints"),
  ],
  [
    "a small pool in the cluster",
    inCluster({ nodePools: [{ nodeConfig: {} }] }),
    none("gke nodePools[0] is of e2-medium, gpus has GPUs"),
  ],
  [
    "many pools",
    onPools(...["a", "b", "c", "d", "e", "f"].map((name) => pool(name, "gke"))),
    none("a has GPUs, b has GPUs, c has GPUs, d has GPUs, e has GPUs and 1 more"),
  ],
])("fails %s", async (_, resources, message) => {
  const all = [["mandatory", "gke-epp", message]];
  expect(await findings(resources)).toEqual(all);
  expect(await findings(resources, { firstPreview: true })).toEqual(all);
});

test("judges each cluster by itself", async () => {
  const other = [cluster("b"), pool("b-gpus", "b"), provider("b"), pickerIn("b")];
  expect(await findings([...good, ...other])).toEqual([
    ["mandatory", "b-epp", none("b-gpus has GPUs", undefined, "b")],
  ]);
});

test("has no findings on malformed input", async () => {
  expect(await findings(asking({ cpu: "many", memory: [] }))).toEqual([]);
  expect(await findings(withPod("containers.0.resources", "x"))).toEqual([]);
  expect(await findings([...good.slice(0, -1), changed(picker, "spec", null)])).toEqual([]);
});

describe("on a first preview", () => {
  test("judges the memory where the CPUs are not known yet", async () => {
    expect(await findings(asking({ cpu: UNKNOWN, memory: "40Gi" }))).toHaveLength(1);
  });

  test("advises where a request is not known yet", async () => {
    expect(await findings(asking({ cpu: "4", memory: UNKNOWN }))).toEqual([
      ["advisory", "gke-epp", pending(`${REQUESTS}.memory`)],
    ]);
  });

  test.each<[string, Registered]>([
    ["a machine type", systemPool("system", "gke", UNKNOWN)],
    ["a pool's nodes", pool("system", "gke", { nodeConfig: UNKNOWN })],
  ])("counts %s that is not known yet as large enough", async (_, unknown) => {
    expect(await findings(onPools(unknown))).toEqual([]);
  });
});
