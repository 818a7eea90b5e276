import { DURATIONS } from "../../../emulator/cloud/tables/durations";
import { chooseVersion, compareVersions } from "../../../emulator/cloud/tables/gkeVersions";
import {
  fits,
  gpuQuotaMetric,
  isOfferedIn,
  isSoldAs,
} from "../../../emulator/cloud/tables/machineTypes";
import { zonesOf } from "../../../emulator/cloud/tables/regions";
import { machineType } from "../../../emulator/gke/nodes/machineTypes";

describe("machine types", () => {
  it.each([
    ["g2-standard-8", "nvidia-l4", 1, "NVIDIA_L4_GPUS"],
    ["g2-standard-24", "nvidia-l4", 2, "NVIDIA_L4_GPUS"],
    ["g2-standard-96", "nvidia-l4", 8, "NVIDIA_L4_GPUS"],
    ["a2-highgpu-4g", "nvidia-tesla-a100", 4, "NVIDIA_A100_GPUS"],
    ["a2-ultragpu-1g", "nvidia-a100-80gb", 1, "NVIDIA_A100_80GB_GPUS"],
    ["a3-highgpu-2g", "nvidia-h100-80gb", 2, "NVIDIA_H100_GPUS"],
    ["a3-megagpu-8g", "nvidia-h100-mega-80gb", 8, "NVIDIA_H100_MEGA_GPUS"],
    ["a3-ultragpu-8g", "nvidia-h200-141gb", 8, "NVIDIA_H200_GPUS"],
    ["g4-standard-48", "nvidia-rtx-pro-6000", 1, "NVIDIA_RTX_PRO_6000_GPUS"],
  ])("%s has %s x %d, counted by %s", (name, type, count, metric) => {
    expect(machineType(name)?.gpu).toEqual({ type, count });
    expect(gpuQuotaMetric(type)).toBe(metric);
  });

  it.each([
    ["a3-highgpu-2g", "europe-west3-c", true],
    ["a3-highgpu-2g", "europe-west3-a", false],
    ["a3-highgpu-2g", "australia-southeast2-b", true],
    ["g2-standard-8", "europe-west3-c", false],
    ["g2-standard-8", "us-east4-a", true],
    ["g2-standard-8", "us-east4-b", false],
    ["g2-standard-8", "us-west4-b", false],
    ["a3-ultragpu-8g", "us-east4-b", true],
    ["a3-highgpu-2g", "europe-west2-a", false],
    ["a3-highgpu-2g", "europe-west3-z", false],
    ["e2-medium", "europe-west2-a", true],
    ["e2-gigantic", "europe-west2-a", false],
  ])("%s in %s: %s", (name, zone, offered) => {
    expect(isOfferedIn(name, zone)).toBe(offered);
  });

  it.each([
    ["a3-highgpu-4g", ["spot", "flex-start"]],
    ["a3-highgpu-8g", ["on-demand", "spot", "flex-start", "reservation"]],
    ["a3-ultragpu-8g", ["spot", "flex-start", "reservation"]],
    ["a4x-highgpu-4g", ["reservation"]],
    ["e2-medium", ["on-demand", "spot", "flex-start", "reservation"]],
  ])("%s is sold as %j", (name, expected) => {
    const sales = ["on-demand", "spot", "flex-start", "reservation"] as const;
    expect(sales.filter((sale) => isSoldAs(name, sale))).toEqual(expected);
  });

  it("take GPUs where they are N1", () => {
    const t4 = (count: number) => ({ type: "nvidia-tesla-t4", count });
    expect([1, 2, 3, 4].map((count) => fits({ name: "n1-standard-8" }, t4(count)))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(fits({ name: "n2-standard-8" }, t4(1))).toBe(false);
  });
});

it("zones of a region have its own letters", () => {
  expect(zonesOf("europe-west1")).toEqual(["europe-west1-b", "europe-west1-c", "europe-west1-d"]);
  expect(zonesOf("europe-west99")).toEqual([]);
});

it("versions compare by number", () => {
  const versions = ["1.35.1-gke.1396000", "1.34.10-gke.1", "1.34.9-gke.2", "1.35.1-gke.1396002"];
  expect(versions.sort(compareVersions)).toEqual([
    "1.34.9-gke.2",
    "1.34.10-gke.1",
    "1.35.1-gke.1396000",
    "1.35.1-gke.1396002",
  ]);
  expect(chooseVersion("1.35.6-gke.1250000", "UNSPECIFIED")).toBe("1.35.6-gke.1250000");
});

it("every duration says where it is from", () => {
  const sources = Object.values(DURATIONS).map(({ source }) => source);
  expect(sources.filter((source) => !/^(logs: |estimate$|as )/.test(source))).toEqual([]);
});
