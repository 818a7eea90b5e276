import { gpuMachines } from "../../catalog/gpuMachines";
import { gpuQuota } from "../../catalog/gpuQuotas";
import { gpuQuotaMetric } from "../../rehearsal/emulator/cloud/tables/machineTypes";

const gpus = [...new Set(Object.values(gpuMachines).map(({ gpu }) => gpu))];

test.each(gpus)("%s: the metrics are those of the emulated cloud", (gpu) => {
  const metric = gpuQuotaMetric(gpu);
  expect(gpuQuota(gpu, true)).toEqual({ metric: `PREEMPTIBLE_${metric}` });
  const family = { metric: "GPUS_PER_GPU_FAMILY", family: metric.replace(/_GPUS$/, "") };
  expect([{ metric }, family]).toContainEqual(gpuQuota(gpu, false));
});

test("newer GPUs are counted by family on demand", () => {
  const byFamily = gpus.filter((gpu) => gpuQuota(gpu, false)?.family !== undefined);
  expect(byFamily).toEqual([
    "nvidia-rtx-pro-6000",
    "nvidia-h100-80gb",
    "nvidia-h200-141gb",
    "nvidia-b200",
  ]);
  expect(gpuQuota("nvidia-unheard-of", false)).toBeUndefined();
});
