import { type GpuMachine, gpuMachines } from "../../catalog/gpuMachines";
import { bootDiskGb } from "../../catalog/nodeDisk";
import { FLEX_START_SECONDS, type Provisioning } from "../../catalog/provisioning";

import { computeClassMarks } from "./computeClass";
import type { NodeConfigShape, NodePoolShape } from "./nodePool";

/** A GPU pool of one cluster. */
export interface GpuPoolArgs {
  /** One of `gpuMachines` that Google sells in this region and in this way. */
  machineType: string;
  /** How Google sells its nodes: one of the ways in which the machine type is sold. */
  provisioning: Provisioning;
  /** Name of the reservation, of the pool's project and zones; with `reservation` only. */
  reservation?: string;
  /** Zones of the cluster's region that have the machine type: GKE refuses the pool if one zone lacks its GPU. */
  zones: string[];
  /** Boot disk in GB. @default as large as the model servers of a node need */
  diskGb?: number;
  /**
   * Nodes, in all zones together, that GKE keeps once pods have needed them: it adds none by itself. 0 with
   * `flex-start`.
   */
  minNodes: number;
  /** Nodes in all zones together at most. */
  maxNodes: number;
}

/** If no source says which number GKE returns, its answer is accepted. */
const LOCAL_SSDS = "nodeConfig.ephemeralStorageLocalSsdConfig";

/**
 * GKE sets this taint itself, but only on a GPU pool that is made when the cluster has other nodes already, and here
 * pools are made at the same time. Pods that ask for a GPU tolerate it without saying so.
 */
const GPU_TAINT = { key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" };

/**
 * @param ordered whether it is one of several pools that a compute class puts in order
 * @throws if the machine type is not in the catalog
 */
export function gpuPoolShape(args: GpuPoolArgs, ordered: boolean): NodePoolShape {
  const machine = gpuMachines[args.machineType];
  if (!machine) {
    const known = Object.keys(gpuMachines).join(", ");
    throw new Error(`unknown GPU machine type "${args.machineType}"; known: ${known}`);
  }
  const { zones, machineType, diskGb = bootDiskGb(machine) } = args;
  return {
    nodeLocations: zones,
    autoscaling: {
      totalMinNodeCount: args.minNodes,
      totalMaxNodeCount: args.maxNodes,
      // GPUs are scarce: wherever there is one, not in each zone as many.
      locationPolicy: "ANY",
    },
    ...lifecycle(args),
    ...(machine.localSsds === "unsettled" && { ignoreChanges: [LOCAL_SSDS] }),
    // Google would swap the machines in place: it removes one before it creates the next, in all clusters at the same
    // time.
    replaceOnChanges: ["nodeConfig.machineType", "nodeConfig.diskSizeGb"],
    // The pods of a replaced pool leave it as their disruption budget allows.
    nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
    nodeConfig: {
      machineType,
      diskSizeGb: diskGb,
      ...localSsds(machine),
      ...capacity(args),
      guestAccelerators: [accelerator(machine)],
      taints: [GPU_TAINT, ...(ordered ? computeClassMarks.taints : [])],
      ...(ordered && { labels: computeClassMarks.labels }),
    },
  };
}

/**
 * GKE fills this in, and the provider replaces the pool if the program does not set the same value
 * (mozilla/terraform-modules#464).
 */
function localSsds(machine: GpuMachine): Partial<NodeConfigShape> {
  const { localSsds: localSsdCount } = machine;
  if (localSsdCount === 0 || localSsdCount === "unsettled") return {};
  return { ephemeralStorageLocalSsdConfig: { localSsdCount } };
}

function lifecycle({
  provisioning,
}: GpuPoolArgs): Pick<NodePoolShape, "autoRepair" | "upgradeSettings"> {
  // GKE accepts such a pool only without auto-repair. GKE upgrades it with new nodes while the old ones run out.
  if (provisioning === "flex-start") return { autoRepair: false };
  // An upgrade needs no further GPU; in return, one GPU of the pool is missing meanwhile.
  return { upgradeSettings: { strategy: "SURGE", maxSurge: 0, maxUnavailable: 1 } };
}

/** How Google provides the nodes. */
function capacity({ provisioning, reservation }: GpuPoolArgs): Partial<NodeConfigShape> {
  switch (provisioning) {
    case "on-demand":
      return {};
    case "spot":
      return { spot: true };
    case "flex-start":
      return {
        flexStart: true,
        maxRunDuration: `${FLEX_START_SECONDS}s`,
        reservationAffinity: { consumeReservationType: "NO_RESERVATION" },
      };
    case "reservation":
      if (!reservation) throw new Error("a pool from a reservation needs the reservation's name");
      return {
        reservationAffinity: {
          consumeReservationType: "SPECIFIC_RESERVATION",
          key: "compute.googleapis.com/reservation-name",
          values: [reservation],
        },
      };
  }
}

function accelerator({ gpu, gpusPerNode }: GpuMachine) {
  return {
    type: gpu,
    count: gpusPerNode,
    gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
  };
}
