import type { Dated } from "./dated";
import type { GpuMachine } from "./gpuMachines";

export const NODE_DISK_DATED: Dated = {
  title: "What GKE keeps of a node's disk",
  source: "https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes",
  asOf: "2026-11-28",
  goodForMonths: 24,
};

/** GiB that a model server writes at most: a 30 B model in 16 bits. */
export const SERVER_GI = 60;
/** GiB that GKE's sidecar for buckets asks for beside it. */
const SIDECAR_GI = 5;
/** GiB of a node's disk for each model server. */
export const SERVER_WITH_SIDECAR_GI = SERVER_GI + SIDECAR_GI;

/** The operating system's part of the boot disk, as on the page's example node. */
const SYSTEM_GI = 5.75;
/** Includes room for images, which pods do not request. */
const USUAL_GB = 200;

/** GiB that GKE leaves to pods of a boot disk: 10 % stay free, and GKE keeps the smallest of three parts. */
export function bootDiskForPods(sizeGb: number): number {
  return 0.9 * (sizeGb - SYSTEM_GI) - Math.min(sizeGb / 2, 6 + 0.35 * sizeGb, 100);
}

/** GiB that the model servers of a node need, one for each GPU. */
export function neededDiskGi({ gpusPerNode }: GpuMachine): number {
  return gpusPerNode * SERVER_WITH_SIDECAR_GI;
}

/** Boot disk in GB with which a node holds a model server for each of its GPUs, and its images. */
export function bootDiskGb(machine: GpuMachine): number {
  return writesToSsds(machine) ? USUAL_GB : Math.max(USUAL_GB, leastDiskGb(machine));
}

/** The smallest boot disk, in steps of 10 GB, on which a node holds a model server for each of its GPUs. */
export function leastDiskGb(machine: GpuMachine): number {
  let sizeGb = 10;
  while (bootDiskForPods(sizeGb) < neededDiskGi(machine)) sizeGb += 10;
  return sizeGb;
}

/** Whether pods surely write to local SSDs, and not to the boot disk. */
export function writesToSsds({ localSsds }: GpuMachine): boolean {
  return localSsds !== 0 && localSsds !== "unsettled";
}
