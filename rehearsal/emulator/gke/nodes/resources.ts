import { NodePoolSpec } from "../gke";
import { machine } from "./machineTypes";

export interface Resources {
  cpu: string;
  memory: string;
  pods: string;
  "ephemeral-storage": string;
  "nvidia.com/gpu"?: string;
}

/** GKE's default for a node. */
const PODS = "110";
/**
 * Kernel and firmware keep a share of the memory that a machine is sold with [about, from nodes
 * seen].
 */
const USABLE_MEMORY = 0.977;
/**
 * The operating system's part of the boot disk. Source: the node with a disk of 100 GB in "Plan GKE
 * Standard node sizes", whose capacity is 98831908Ki.
 */
const SYSTEM_DISK_GIB = 5.75;
const LOCAL_SSD_GIB = 375;

const MIB_PER_GIB = 1024;
const EVICTION_MIB = 100;
const DEFAULT_DISK_GB = 100;

/**
 * Shares of each further part that GKE reserves, in the order of the parts.
 * Source: "Plan GKE Standard node sizes", reservations of CPU, memory and ephemeral storage.
 */
const RESERVED_CPU = [
  { upToCores: 1, share: 0.06 },
  { upToCores: 2, share: 0.01 },
  { upToCores: 4, share: 0.005 },
  { upToCores: Infinity, share: 0.0025 },
];
const RESERVED_MEMORY = [
  { upToGib: 4, share: 0.25 },
  { upToGib: 8, share: 0.2 },
  { upToGib: 16, share: 0.1 },
  { upToGib: 128, share: 0.06 },
  { upToGib: Infinity, share: 0.02 },
];

/**
 * What a node has, and how much pods may use. GKE's own pods on the node are not counted.
 */
export function nodeResources(
  pool: Pick<NodePoolSpec, "machineType" | "accelerator" | "diskSizeGb" | "localSsds">,
): { capacity: Resources; allocatable: Resources } {
  const { vcpus, memoryGb } = machine(pool.machineType);
  const gpus = pool.accelerator?.count ?? 0;
  const memoryMib = memoryGb * MIB_PER_GIB * USABLE_MEMORY;
  const milliCpu = vcpus * 1000 - reservedMilliCpu(vcpus);
  const freeMib = memoryMib - reservedMib(memoryGb) - EVICTION_MIB;
  const disk = pool.localSsds ? ssdDisk(pool.localSsds) : bootDisk(pool.diskSizeGb);
  return {
    capacity: resources(vcpus * 1000, memoryMib, disk.capacity, gpus),
    allocatable: resources(milliCpu, freeMib, disk.allocatable, gpus),
  };
}

export function reservedMilliCpu(vcpus: number): number {
  const parts = RESERVED_CPU.map(({ upToCores, share }) => ({ upTo: upToCores, share }));
  return Math.ceil(reserved(vcpus, parts) * 1000);
}

export function reservedMib(memoryGib: number): number {
  // Below one GiB it is a fixed amount.
  if (memoryGib < 1) return 255;
  const parts = RESERVED_MEMORY.map(({ upToGib, share }) => ({ upTo: upToGib, share }));
  return Math.ceil(reserved(memoryGib, parts) * MIB_PER_GIB);
}

interface Disk {
  /** In GiB, as the rest. */
  capacity: number;
  allocatable: number;
}

/** GKE keeps 10 % of the capacity free, and for itself the smallest of three parts of the disk. */
export function bootDisk(sizeGib = DEFAULT_DISK_GB): Disk {
  const capacity = sizeGib - SYSTEM_DISK_GIB;
  return { capacity, allocatable: left(capacity, Math.min(sizeGib / 2, 6 + 0.35 * sizeGib, 100)) };
}

/** GKE's own part follows how many SSDs there are. */
export function ssdDisk(count: number): Disk {
  const capacity = count * LOCAL_SSD_GIB;
  return { capacity, allocatable: left(capacity, [0, 50, 75][count] ?? 100) };
}

function left(capacity: number, system: number): number {
  return 0.9 * capacity - system;
}

function reserved(amount: number, parts: { upTo: number; share: number }[]): number {
  return parts.reduce((sum, { upTo, share }, i) => {
    const from = parts[i - 1]?.upTo ?? 0;
    return sum + Math.max(0, Math.min(amount, upTo) - from) * share;
  }, 0);
}

function resources(milliCpu: number, mib: number, diskGib: number, gpus: number): Resources {
  return {
    cpu: milliCpu % 1000 === 0 ? String(milliCpu / 1000) : `${milliCpu}m`,
    memory: `${Math.floor(mib)}Mi`,
    pods: PODS,
    "ephemeral-storage": `${Math.floor(diskGib)}Gi`,
    ...(gpus > 0 && { "nvidia.com/gpu": String(gpus) }),
  };
}
