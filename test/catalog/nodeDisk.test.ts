import { clusterRanges, NODES_PER_CLUSTER } from "../../catalog/addressPlan";
import { type GpuMachine, gpuMachines } from "../../catalog/gpuMachines";
import {
  bootDiskForPods,
  bootDiskGb,
  leastDiskGb,
  neededDiskGi,
  writesToSsds,
} from "../../catalog/nodeDisk";
import type { ClusterSpec, NodePoolSpec } from "../../rehearsal/emulator/gke/gke";
import { fits, requestsOf, roomOf, without } from "../../rehearsal/emulator/gke/nodes/fit";
import { freeNetwork } from "../../rehearsal/emulator/gke/nodes/nodePools";
import { bootDisk, ssdDisk } from "../../rehearsal/emulator/gke/nodes/resources";
import type { Node, Pod } from "../../rehearsal/emulator/gke/world/kinds";
import { synthesize } from "../support/program";
import { find } from "../../rehearsal/stage/registrations";

test.each([10, 40, 100, 200, 268, 269, 410, 700, 65536])(
  "a boot disk of %i GB leaves pods what the emulated GKE leaves them",
  (gb) => {
    expect(bootDiskForPods(gb)).toBeCloseTo(bootDisk(gb).allocatable, 6);
  },
);

test.each(Object.entries(gpuMachines).filter(([, machine]) => writesToSsds(machine)))(
  "the local SSDs of %s hold what its model servers write",
  (_, machine) => {
    expect(ssdDisk(Number(machine.localSsds)).allocatable).toBeGreaterThan(neededDiskGi(machine));
  },
);

test("no smaller boot disk would do", () => {
  const machine = gpuMachines["g2-standard-96"];
  if (!machine) throw new Error("no g2-standard-96");
  expect(bootDiskForPods(leastDiskGb(machine))).toBeGreaterThanOrEqual(neededDiskGi(machine));
  expect(bootDiskForPods(leastDiskGb(machine) - 10)).toBeLessThan(neededDiskGi(machine));
});

describe.each(["none", "bucket", "node"])("with weights cache %s", (kind) => {
  let server: Pod;
  beforeAll(async () => {
    const weightsCache = kind === "bucket" ? { kind, bucket: "weights" } : { kind };
    const { registrations } = await synthesize("dev", { config: { weightsCache } });
    const { inputs } = find({ registrations }, "kubernetes:apps/v1:Deployment::gke-east");
    const { template } = inputs.spec as { template: { spec: Pod["spec"] } };
    server = { apiVersion: "v1", kind: "Pod", metadata: { name: "server" }, spec: template.spec };
  });

  test.each(Object.entries(gpuMachines))(
    "a node of %s holds a model server for each of its GPUs",
    (machineType, machine) => {
      expect(serversOn(emulatedPool(machineType, machine), server)).toBe(machine.gpusPerNode);
    },
  );

  test.each(["g2-standard-24", "g2-standard-48", "a2-highgpu-8g"])(
    "of 200 GB a node of %s would hold less",
    (machineType) => {
      const machine = gpuMachines[machineType];
      if (!machine) throw new Error(`no ${machineType}`);
      const pool = { ...emulatedPool(machineType, machine), diskSizeGb: 200 };
      // Weights in a directory of the node are not counted.
      expect(serversOn(pool, server)).toBe(kind === "node" ? machine.gpusPerNode : 1);
    },
  );
});

function serversOn(pool: NodePoolSpec, server: Pod): number {
  const asked = requestsOf(server);
  let room = roomOf(pool);
  let servers = 0;
  for (; fits(asked, room); servers++) room = without(room, asked);
  return servers;
}

/** A pool as the program makes it; SSDs that nobody is sure of are not there. */
function emulatedPool(machineType: string, machine: GpuMachine): NodePoolSpec {
  return {
    cluster: "c",
    name: "gpu",
    machineType,
    zones: [],
    nodesPerZone: 0,
    spot: true,
    flexStart: false,
    accelerator: { type: machine.gpu, count: machine.gpusPerNode },
    diskSizeGb: bootDiskGb(machine),
    ...(writesToSsds(machine) && { localSsds: Number(machine.localSsds) }),
    labels: {},
    taints: [],
  };
}

test("a cluster has pod ranges for as many nodes as the program counts on", () => {
  const { nodes, pods } = clusterRanges("us-east4", 0);
  const cluster = { name: "gke-east", nodeCidr: nodes, podCidr: pods } as ClusterSpec;
  const made: Node[] = [];
  for (let i = 0; i < NODES_PER_CLUSTER; i++) {
    const { address, podCidr } = freeNetwork(cluster, made);
    made.push({
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: `node-${i}` },
      spec: { podCIDR: podCidr },
      status: { addresses: [{ type: "InternalIP", address }] },
    } as Node);
  }
  expect(() => freeNetwork(cluster, made)).toThrow(`cluster gke-east: ${pods} has no /24 left`);
});
