import { UNKNOWN } from "../support/unknown";
import { cluster, computeClass, modelServer, pool, provider } from "../fixtures/gpu";
import {
  CLASS,
  findings,
  fleet,
  gpuPool,
  gpuTaint,
  l4,
  selecting,
  system,
} from "../fixtures/gpuPodsSchedulable";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const CONTAINER = "spec.template.spec.containers[0]";
const NONE = "no node takes these pods";

const asking = (resources: object) => modelServer("server", "eu", {}, { resources });
const writing = (amount: unknown) =>
  asking({ limits: { "nvidia.com/gpu": "1" }, requests: { "ephemeral-storage": amount } });
const stopped = changed(modelServer("server", "eu"), "spec.strategy", { type: "Recreate" });
const running = (replicas: unknown) => changed(stopped, "spec.replicas", replicas);

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["pods that fit", [gpuPool(), modelServer("server", "eu")]],
    ["pods beside pools without GPUs", [system, gpuPool(), modelServer("server", "eu")]],
    ["pods without GPUs", [system, asking({})]],
    ["a cluster whose pools another stack makes", [modelServer("server", "eu")]],
    ["Spot nodes", [gpuPool({ spot: true }), selecting({ "cloud.google.com/gke-spot": "true" })]],
    [
      "a GPU by its type",
      [gpuPool(), selecting({ "cloud.google.com/gke-accelerator": "nvidia-l4" })],
    ],
    ["a label of its own", [gpuPool({ labels: { a: "b" } }), selecting({ a: "b" })]],
    ["a label of GKE's", [gpuPool(), selecting({ "cloud.google.com/gke-accelerator-count": "1" })]],
    ["a label of Kubernetes", [gpuPool(), selecting({ "kubernetes.io/arch": "amd64" })]],
    ["labels that are not known yet", [gpuPool({ labels: UNKNOWN }), selecting({ a: "b" })]],
    ["a value that is not known yet", [gpuPool(), selecting({ a: UNKNOWN })]],
    ["a selector that is not known yet", [gpuPool(), selecting(UNKNOWN)]],
    ["a text for a selector", [gpuPool(), selecting("a")]],
    [
      "a taint that is tolerated",
      [
        gpuPool({ taints: [{ key: "a", value: "b", effect: "NO_SCHEDULE" }] }),
        tolerating({ key: "a", value: "b" }),
      ],
    ],
    [
      "a taint by its key",
      [
        gpuPool({ taints: [{ key: "a", value: "b", effect: "NO_EXECUTE" }] }),
        tolerating({ key: "a", operator: "Exists", effect: "NoExecute" }),
      ],
    ],
    [
      "any taint",
      [
        gpuPool({ taints: [{ key: "a", value: "b", effect: "NO_SCHEDULE" }] }),
        tolerating({ operator: "Exists" }),
      ],
    ],
    [
      "a taint that only puts off",
      [
        gpuPool({ taints: [{ key: "a", value: "b", effect: "PREFER_NO_SCHEDULE" }] }),
        modelServer("server", "eu"),
      ],
    ],
    [
      "tolerations that are not known yet",
      [
        gpuPool({ taints: [{ key: "a", effect: "NO_SCHEDULE" }] }),
        selecting({}, { tolerations: UNKNOWN }),
      ],
    ],
    [
      "GPUs that are not known yet",
      [gpuPool({ guestAccelerators: UNKNOWN }), asking({ limits: { "nvidia.com/gpu": "8" } })],
    ],
    [
      "GPUs that are shared",
      [
        gpuPool({
          guestAccelerators: [{ ...l4, gpuSharingConfig: { maxSharedClientsPerGpu: 4 } }],
        }),
        asking({ limits: { "nvidia.com/gpu": "2" } }),
      ],
    ],
    ["as much disk as there is", [gpuPool({ diskSizeGb: 200 }), writing("98Gi")]],
    ["a small disk that no pod writes to", [gpuPool({ diskSizeGb: 10 }), running(2)]],
    ["a disk that is not known yet", [gpuPool({ diskSizeGb: UNKNOWN }), writing("900Gi")]],
    [
      "SSDs for what pods write",
      [gpuPool({ ephemeralStorageLocalSsdConfig: { localSsdCount: 2 } }), writing("500Gi")],
    ],
    [
      "a machine with SSDs of its own",
      [gpuPool({ machineType: "a3-highgpu-8g" }), writing("500Gi")],
    ],
    ["another spelling of disk", [gpuPool(), writing("47000M")]],
    ["what is no amount", [gpuPool(), writing("much")]],
    ["as many pods as there is room for", [gpuPool(), running(2)]],
    ["nodes that are not known yet", [gpuPool({}, { autoscaling: UNKNOWN }), running(50)]],
    [
      "a node pool that may be any cluster's",
      [
        { ...pool("lost", "eu", { cluster: "theirs" }), propertyDependencies: {} },
        system,
        modelServer("server", "eu"),
      ],
    ],
    [
      "malformed input",
      [
        system,
        gpuPool(
          { labels: [], taints: UNKNOWN, diskSizeGb: "100" },
          { autoscaling: 1, nodeCount: "3" },
        ),
        gpuPool({ labels: [], taints: [gpuTaint, null, 1], diskSizeGb: {} }, {}, "gpus-too"),
        computeClass("class", "eu", [null, 1]),
        changed(modelServer("server", "eu"), "spec.template.spec.containers", [null, 1]),
      ],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings([...fleet, ...resources], { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    [
      "no pool with GPUs",
      [system, modelServer("server", "eu")],
      `${CONTAINER}.resources.limits["nvidia.com/gpu"]: ${NONE}: system has no guestAccelerators, ` +
        "so its nodes offer no GPU; use nodes with as many, or ask for fewer",
    ],
    [
      "more GPUs than a node has",
      [gpuPool(), system, asking({ limits: { "nvidia.com/gpu": 2 } })],
      `${CONTAINER}.resources.limits["nvidia.com/gpu"]: ${NONE}: a pod asks for 2 GPUs, but a node ` +
        "of gpus has 1; use nodes with as many, or ask for fewer",
    ],
    [
      "a label that no pool has",
      [gpuPool(), selecting({ a: "b" })],
      `spec.template.spec.nodeSelector.a: ${NONE}: nodes of gpus have no label a=b; write a label ` +
        "that nodes with GPUs have",
    ],
    [
      "another type of GPU",
      [gpuPool(), selecting({ "cloud.google.com/gke-accelerator": "nvidia-h100-80gb" })],
      `spec.template.spec.nodeSelector["cloud.google.com/gke-accelerator"]: ${NONE}: nodes of gpus ` +
        "have no label cloud.google.com/gke-accelerator=nvidia-h100-80gb; write a label that nodes " +
        "with GPUs have",
    ],
    [
      "Spot nodes where there are none",
      [gpuPool(), selecting({ "cloud.google.com/gke-spot": "true" })],
      `spec.template.spec.nodeSelector["cloud.google.com/gke-spot"]: ${NONE}: nodes of gpus have no ` +
        "label cloud.google.com/gke-spot=true; write a label that nodes with GPUs have",
    ],
    [
      "a misspelt label of GKE's",
      [gpuPool(), selecting({ [`${CLASS}s`]: "a" })],
      `spec.template.spec.nodeSelector["${CLASS}s"]: ${NONE}: nodes of gpus have no label ` +
        `${CLASS}s=a; write a label that nodes with GPUs have`,
    ],
    [
      "a taint that is not tolerated",
      [
        gpuPool({ taints: [{ key: "a", value: "b", effect: "NO_SCHEDULE" }] }),
        tolerating({ key: "a", value: "c" }),
      ],
      `spec.template.spec.tolerations: ${NONE}: do not tolerate the taint a=b of gpus; tolerate it, ` +
        "or use other nodes",
    ],
    [
      "a taint that is tolerated otherwise",
      [
        gpuPool({ taints: [{ key: "a", effect: "NO_EXECUTE" }] }),
        tolerating({ key: "a", effect: "NoSchedule" }),
      ],
      `spec.template.spec.tolerations: ${NONE}: do not tolerate the taint a= of gpus; tolerate it, ` +
        "or use other nodes",
    ],
    [
      "too little disk",
      [gpuPool(), writing("60Gi")],
      `${CONTAINER}.resources.requests["ephemeral-storage"]: ${NONE}: a pod asks for 60 GiB of ` +
        "disk, but a node of gpus leaves 43 GiB of its boot disk to pods; raise the pool's " +
        "diskSizeGb, or ask for less",
    ],
    [
      "a disk that is too small for the node itself",
      [gpuPool({ diskSizeGb: 12 }), writing("1Gi")],
      `${CONTAINER}.resources.requests["ephemeral-storage"]: ${NONE}: a pod asks for 1 GiB of ` +
        "disk, but a node of gpus leaves 0 GiB of its boot disk to pods; raise the pool's " +
        "diskSizeGb, or ask for less",
    ],
    [
      "more pods than there is room for",
      [gpuPool(), gpuPool({}, {}, "more"), running(5)],
      "spec.replicas: gpus, more hold 4 of these 5 pods at most; raise the most nodes of the pool, or " +
        "run fewer pods",
    ],
    [
      "more pods than the disks of nodes with several GPUs hold",
      [
        gpuPool({ guestAccelerators: [{ ...l4, count: 4 }], diskSizeGb: 200 }),
        changed(writing("60Gi"), "spec.replicas", 3),
      ],
      "spec.replicas: gpus hold 2 of these 3 pods at most; raise the pool's diskSizeGb: it holds " +
        "fewer of them than there are GPUs on a node",
    ],
    [
      "more pods than both the disks and the GPUs of all nodes hold",
      [
        gpuPool(
          { guestAccelerators: [{ ...l4, count: 4 }], diskSizeGb: 200 },
          { autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 1 } },
        ),
        changed(writing("60Gi"), "spec.replicas", 9),
      ],
      "spec.replicas: gpus hold 1 of these 9 pods at most; raise the most nodes of the pool, and " +
        "the pool's diskSizeGb: it holds fewer of them than there are GPUs on a node",
    ],
    [
      "more pods than there are GPUs for, on disks that hold more",
      [gpuPool({ diskSizeGb: 200 }), changed(writing("10Gi"), "spec.replicas", 3)],
      "spec.replicas: gpus hold 2 of these 3 pods at most; raise the most nodes of the pool, or run " +
        "fewer pods",
    ],
    [
      "pools that never have a node",
      [gpuPool({}, { autoscaling: { totalMaxNodeCount: 0 } }), modelServer("server", "eu")],
      "spec.replicas: gpus hold 0 of these 1 pods at most; raise the most nodes of the pool, or run " +
        "fewer pods",
    ],
  ])("fails %s", async (_, resources, message) => {
    expect(await findings([...fleet, ...resources], { firstPreview })).toEqual([
      ["mandatory", "server", message],
    ]);
  });

  test("advises where the number of pods is not known yet", async () => {
    expect(await findings([...fleet, gpuPool(), running(UNKNOWN)], { firstPreview })).toEqual([
      ["advisory", "server", pending("spec.replicas")],
    ]);
  });

  test.each([
    ["Autopilot", { enableAutopilot: true }],
    ["perhaps Autopilot", { enableAutopilot: UNKNOWN }],
    ["with node auto-provisioning", { clusterAutoscaling: { enabled: true } }],
    ["with perhaps node auto-provisioning", { clusterAutoscaling: UNKNOWN }],
  ])("says nothing of a cluster that is %s", async (_, inputs) => {
    const resources = [cluster("eu", inputs), provider("eu"), system, modelServer("server", "eu")];
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });

  test("judges pools in the cluster's own properties", async () => {
    const own = cluster("eu", {
      removeDefaultNodePool: false,
      nodePools: [{ name: "gpus", nodeConfig: { guestAccelerators: [l4] }, nodeCount: 1 }],
    });
    expect(await findings([own, provider("eu"), running(3)], { firstPreview })).toEqual([]);
    expect(await findings([own, provider("eu"), running(4)], { firstPreview })).toEqual([
      [
        "mandatory",
        "server",
        "spec.replicas: eu nodePools[0] hold 3 of these 4 pods at most; raise the most nodes of the " +
          "pool, or run fewer pods",
      ],
    ]);
  });

  test("looks in the pods' own cluster", async () => {
    const there = modelServer("there", "us");
    const systemThere = pool("system-us", "us", { nodeConfig: { machineType: "e2-standard-8" } });
    const [finding] = await findings([...fleet, gpuPool(), systemThere, there], { firstPreview });
    expect(finding?.[1]).toBe("there");
  });
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => ({ ...running(5), name: `server-${i}` }));
  expect(await findings([...fleet, gpuPool(), ...many])).toHaveLength(300);
});

function tolerating(toleration: object): Registered {
  return selecting({}, { tolerations: [toleration] });
}
