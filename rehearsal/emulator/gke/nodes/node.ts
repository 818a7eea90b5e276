import { createHash } from "node:crypto";

import { ClusterSpec, NodePoolSpec } from "../gke";
import { kubernetesVersion } from "../versions";
import { KubeObject } from "../../kube/objects";
import { timestamp } from "../controllers/conditions";
import { Taint } from "../world/kinds";
import { regionOf } from "../world/world";
import { machineFamily } from "./machineTypes";
import { nodeResources } from "./resources";

/** GKE puts it on GPU nodes, so that other pods stay away; pods that ask for a GPU tolerate it. */
export const GPU_TAINT: Taint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

export interface Placement {
  zone: string;
  /** Position in its zone, from 0. */
  index: number;
}

/** What the cluster gives to a node. */
export interface NodeNetwork {
  address: string;
  podCidr: string;
}

/**
 * The name of a node, such as `gke-east-gpu-5f2a91bc-x7d0`. A pool that is given other machines
 * gets other names: GKE replaces the nodes.
 */
export function nodeName(
  cluster: Pick<ClusterSpec, "id" | "name">,
  pool: NodePoolSpec,
  { zone, index }: Placement,
): string {
  const { machineType, accelerator, spot, flexStart, diskSizeGb, localSsds, serviceAccount } = pool;
  const machines = JSON.stringify([
    machineType,
    accelerator,
    spot,
    flexStart,
    diskSizeGb,
    localSsds,
    serviceAccount,
  ]);
  const group = hash(`${cluster.id}/${pool.name}/${zone}/${machines}`, 8);
  const own = hash(`${group}/${index}`, 4);
  return `gke-${cluster.name.slice(0, 20)}-${pool.name.slice(0, 20)}-${group}-${own}`;
}

/** Where each node of a pool stands. */
export function placements(pool: NodePoolSpec): Placement[] {
  return pool.zones.flatMap((zone) =>
    Array.from({ length: pool.nodesPerZone }, (_, index) => ({ zone, index })),
  );
}

/** The labels that GKE and its kubelets set, and the pool's own. */
export function nodeLabels(
  pool: NodePoolSpec,
  name: string,
  { zone }: Placement,
): Record<string, string> {
  const { accelerator, machineType, spot, flexStart } = pool;
  return {
    ...pool.labels,
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "node.kubernetes.io/instance-type": machineType,
    "topology.kubernetes.io/region": regionOf(zone),
    "topology.kubernetes.io/zone": zone,
    "topology.gke.io/zone": zone,
    "cloud.google.com/gke-nodepool": pool.name,
    "cloud.google.com/gke-container-runtime": "containerd",
    "cloud.google.com/gke-os-distribution": "cos",
    "cloud.google.com/gke-max-pods-per-node": "110",
    "cloud.google.com/gke-provisioning": provisioning(pool),
    "cloud.google.com/machine-family": machineFamily(machineType),
    ...(spot && { "cloud.google.com/gke-spot": "true" }),
    ...(flexStart && { "cloud.google.com/gke-flex-start": "true" }),
    ...(accelerator && {
      "cloud.google.com/gke-accelerator": accelerator.type,
      "cloud.google.com/gke-accelerator-count": String(accelerator.count),
    }),
  };
}

function provisioning({ spot, flexStart }: NodePoolSpec): string {
  if (flexStart) return "flex-start";
  return spot ? "spot" : "standard";
}

/**
 * The taints of a pool's nodes: its own, and on GPU nodes GKE's, if the cluster has other nodes
 * too. (GKE decides this when it makes the GPU pool; here it does not matter which pool was first.)
 */
export function nodeTaints(pool: NodePoolSpec, pools: NodePoolSpec[]): Taint[] {
  const others = pools.some((other) => other.cluster === pool.cluster && !other.accelerator);
  const own = pool.taints.map(({ key, value, effect }) => ({
    key,
    ...(value !== "" && { value }),
    effect,
  }));
  const marked = own.some((taint) => taint.key === GPU_TAINT.key);
  return pool.accelerator && others && !marked ? [...own, GPU_TAINT] : own;
}

/** A node as its kubelet registers it, Ready. */
export function node(
  cluster: ClusterSpec,
  pool: NodePoolSpec,
  pools: NodePoolSpec[],
  placement: Placement,
  network: NodeNetwork,
): KubeObject {
  const name = nodeName(cluster, pool, placement);
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: nodeLabels(pool, name, placement) },
    spec: {
      podCIDR: network.podCidr,
      podCIDRs: [network.podCidr],
      providerID: `gce://${cluster.project}/${placement.zone}/${name}`,
      taints: nodeTaints(pool, pools),
    },
    status: {
      ...nodeResources(pool),
      addresses: [
        { type: "InternalIP", address: network.address },
        { type: "Hostname", address: name },
      ],
      conditions: READY.map((condition) => ({ ...condition, lastTransitionTime: timestamp() })),
      nodeInfo: {
        ...MACHINE,
        kubeletVersion: `${kubernetesVersion(cluster.version)}${build(cluster.version)}`,
      },
    },
  };
}

const READY = [
  {
    type: "Ready",
    status: "True",
    reason: "KubeletReady",
    message: "kubelet is posting ready status",
  },
  { type: "MemoryPressure", status: "False", reason: "KubeletHasSufficientMemory", message: "" },
  { type: "DiskPressure", status: "False", reason: "KubeletHasNoDiskPressure", message: "" },
  { type: "PIDPressure", status: "False", reason: "KubeletHasSufficientPID", message: "" },
];

/** The API server wants every field; nothing reads these. */
const MACHINE = {
  architecture: "amd64",
  operatingSystem: "linux",
  osImage: "Container-Optimized OS from Google",
  containerRuntimeVersion: "containerd://2.0.0",
  kernelVersion: "",
  kubeProxyVersion: "",
  machineID: "",
  systemUUID: "",
  bootID: "",
};

/** `-gke.1127000` of `1.34.1-gke.1127000`. */
function build(version: string): string {
  return /-gke\.\d+$/.exec(version)?.[0] ?? "";
}

function hash(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
