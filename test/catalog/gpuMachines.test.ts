import { gpuMachines, provisioningProblem } from "../../catalog/gpuMachines";
import { regions } from "../../catalog/regions";
import { isOfferedIn, isSoldAs } from "../../rehearsal/cloud/tables/machineTypes";
import { zonesOf } from "../../rehearsal/cloud/tables/regions";
import { machineType } from "../../rehearsal/gke/nodes/machineTypes";

const SALES = ["on-demand", "spot", "flex-start", "reservation"] as const;

describe("GPU machines", () => {
  test.each(Object.entries(gpuMachines))(
    "%s is in the program what it is in the emulated cloud",
    (name, machine) => {
      expect(machineType(name)?.gpu).toEqual({ type: machine.gpu, count: machine.gpusPerNode });
      const offered = regions.filter((region) => isOfferedIn(name, zonesOf(region)[0] ?? ""));
      expect(offered).toEqual([...machine.regions].sort());
      const sold = SALES.filter((sale) => isSoldAs(name, sale));
      expect([...sold].sort()).toEqual([...machine.soldAs].sort());
    },
  );

  test.each([
    ["g2-standard-8", "on-demand", undefined],
    ["a3-highgpu-8g", "reservation", undefined],
    ["a3-highgpu-2g", "spot", undefined],
    ["a3-highgpu-2g", "on-demand", "spot or flex-start: a3-highgpu-2g is sold no other way"],
    [
      "a3-ultragpu-8g",
      "on-demand",
      "spot or flex-start or reservation: a3-ultragpu-8g is sold no other way",
    ],
    ["e2-standard-8", "on-demand", undefined],
  ] as const)("%s, %s: %s", (machineName, provisioning, problem) => {
    expect(provisioningProblem(machineName, provisioning)).toBe(problem);
  });

  test("every region of a machine is a region of the address plan", () => {
    const unknown = Object.values(gpuMachines).flatMap((machine) =>
      machine.regions.filter((region) => !(regions as readonly string[]).includes(region)),
    );
    expect(unknown).toEqual([]);
  });
});
