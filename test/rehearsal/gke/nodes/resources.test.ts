import {
  nodeResources,
  reservedDiskGib,
  reservedMib,
  reservedMilliCpu,
} from "../../../../rehearsal/gke/nodes/resources";

test.each([
  [1, 60],
  [2, 70],
  [4, 80],
  [8, 90],
  [16, 110],
])("of %i cores GKE reserves %i thousandths", (cores, expected) => {
  expect(reservedMilliCpu(cores)).toBe(expected);
});

test.each([
  [0.6, 255],
  [4, 1024],
  [8, 1844],
  [16, 2663],
  [32, 3646],
  [256, 12166],
])("of %p GiB GKE reserves %i MiB", (gib, expected) => {
  expect(reservedMib(gib)).toBe(expected);
});

test.each([
  [94, 9.4 + 6 + 0.35 * 94],
  [10, 1 + 5],
  [1000, 200],
])("of %i GiB of disk GKE reserves %p", (gib, expected) => {
  expect(reservedDiskGib(gib)).toBeCloseTo(expected);
});

test("a node of e2-standard-8 has what is left", () => {
  expect(nodeResources({ machineType: "e2-standard-8" })).toEqual({
    capacity: { cpu: "8", memory: "32014Mi", pods: "110", "ephemeral-storage": "94Gi" },
    allocatable: { cpu: "7910m", memory: "28268Mi", pods: "110", "ephemeral-storage": "45Gi" },
  });
});

test("a larger boot disk gives more room, and local SSDs take its place", () => {
  const room = (pool: Parameters<typeof nodeResources>[0]) =>
    nodeResources(pool).capacity["ephemeral-storage"];
  expect(room({ machineType: "g2-standard-8", diskSizeGb: 200 })).toBe("194Gi");
  expect(room({ machineType: "a3-highgpu-1g", diskSizeGb: 200 })).toBe("750Gi");
});

test("only a pool with accelerators has GPUs", () => {
  const accelerator = { type: "nvidia-h100-80gb", count: 2 };
  const { capacity, allocatable } = nodeResources({ machineType: "a3-highgpu-2g", accelerator });
  expect([capacity["nvidia.com/gpu"], allocatable["nvidia.com/gpu"]]).toEqual(["2", "2"]);
  expect(nodeResources({ machineType: "a3-highgpu-2g" }).capacity).not.toHaveProperty(
    "nvidia.com/gpu",
  );
});
