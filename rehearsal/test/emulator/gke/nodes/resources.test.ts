import {
  bootDisk,
  nodeResources,
  reservedMib,
  reservedMilliCpu,
  ssdDisk,
} from "../../../../emulator/gke/nodes/resources";

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

const GIB = 2 ** 30;

test("a boot disk of 100 GB leaves what the node of Google's page shows", () => {
  // "Plan GKE Standard node sizes": capacity 98831908Ki, allocatable 47060071478.
  expect(bootDisk(100).capacity).toBeCloseTo((98831908 * 1024) / GIB, 2);
  expect(bootDisk(100).allocatable).toBeCloseTo(47060071478 / GIB, 2);
});

test.each([
  [10, 0.9 * 4.25 - 5],
  [200, 0.9 * 194.25 - 76],
  [1000, 0.9 * 994.25 - 100],
])("a boot disk of %i GB leaves pods %p GiB", (gib, expected) => {
  expect(bootDisk(gib).allocatable).toBeCloseTo(expected);
});

test.each([
  [1, 0.9 * 375 - 50],
  [2, 0.9 * 750 - 75],
  [3, 0.9 * 1125 - 100],
  [16, 0.9 * 6000 - 100],
])("%i local SSDs leave pods %p GiB", (count, expected) => {
  expect(ssdDisk(count).allocatable).toBeCloseTo(expected);
});

test("a node of e2-standard-8 has what is left", () => {
  expect(nodeResources({ machineType: "e2-standard-8" })).toEqual({
    capacity: { cpu: "8", memory: "32014Mi", pods: "110", "ephemeral-storage": "94Gi" },
    allocatable: { cpu: "7910m", memory: "28268Mi", pods: "110", "ephemeral-storage": "43Gi" },
  });
});

test("a larger boot disk gives more room, and local SSDs that are used take its place", () => {
  const room = (pool: Parameters<typeof nodeResources>[0]) =>
    nodeResources(pool).capacity["ephemeral-storage"];
  expect(room({ machineType: "g2-standard-8", diskSizeGb: 200 })).toBe("194Gi");
  expect(room({ machineType: "a3-highgpu-1g", diskSizeGb: 200, localSsds: 2 })).toBe("750Gi");
  expect(room({ machineType: "a2-ultragpu-1g", diskSizeGb: 200 })).toBe("194Gi");
});

test("only a pool with accelerators has GPUs", () => {
  const accelerator = { type: "nvidia-h100-80gb", count: 2 };
  const { capacity, allocatable } = nodeResources({ machineType: "a3-highgpu-2g", accelerator });
  expect([capacity["nvidia.com/gpu"], allocatable["nvidia.com/gpu"]]).toEqual(["2", "2"]);
  expect(nodeResources({ machineType: "a3-highgpu-2g" }).capacity).not.toHaveProperty(
    "nvidia.com/gpu",
  );
});
