import { machine, machineFamily } from "../../../../emulator/gke/nodes/machineTypes";

test.each([
  ["e2-standard-8", { vcpus: 8, memoryGb: 32 }],
  ["n1-standard-4", { vcpus: 4, memoryGb: 15 }],
  ["n2-highmem-4", { vcpus: 4, memoryGb: 32 }],
  ["c2-standard-16", { vcpus: 16, memoryGb: 64 }],
  ["c4-standard-8", { vcpus: 8, memoryGb: 30 }],
  ["g2-standard-24", { vcpus: 24, memoryGb: 96, gpu: { type: "nvidia-l4", count: 2 } }],
  ["e2-medium", { vcpus: 2, memoryGb: 4 }],
  [
    "a3-highgpu-2g",
    {
      vcpus: 52,
      memoryGb: 468,
      localSsds: 4,
      usesLocalSsds: true,
      gpu: { type: "nvidia-h100-80gb", count: 2 },
    },
  ],
  [
    "a2-ultragpu-1g",
    {
      vcpus: 12,
      memoryGb: 170,
      localSsds: 1,
      usesLocalSsds: false,
      gpu: { type: "nvidia-a100-80gb", count: 1 },
    },
  ],
])("%s", (type, expected) => {
  expect(machine(type)).toEqual({ name: type, ...expected });
});

test.each([
  "a3-highgpu-3g",
  "e2-standard",
  "e2-standard-x",
  "x9-standard-4",
  "e2-hugemem-4",
  "e2-standard-7",
  "",
])("%p is not known", (type) => {
  expect(() => machine(type)).toThrow(
    `machine type "${type}" is not known to the rehearsal; it knows g2-standard-4, g2-`,
  );
});

test("the family is what stands before the first dash", () => {
  expect(machineFamily("a3-highgpu-2g")).toBe("a3");
});
