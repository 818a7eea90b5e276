import { gpuMachines } from "../../catalog/gpuMachines";
import { regions } from "../../catalog/regions";
import { isOfferedIn, machineType } from "../../rehearsal/cloud/tables/machineTypes";
import { zonesOf } from "../../rehearsal/cloud/tables/regions";

describe("GPU machines", () => {
  test.each(Object.entries(gpuMachines))(
    "%s is in the program what it is in the emulated cloud",
    (name, machine) => {
      expect(machineType(name)?.gpu).toEqual({ type: machine.gpu, count: machine.gpusPerNode });
      const offered = regions.filter((region) => isOfferedIn(name, zonesOf(region)[0] ?? ""));
      expect(offered).toEqual([...machine.regions].sort());
    },
  );

  test("every region of a machine is a region of the address plan", () => {
    const unknown = Object.values(gpuMachines).flatMap((machine) =>
      machine.regions.filter((region) => !(regions as readonly string[]).includes(region)),
    );
    expect(unknown).toEqual([]);
  });
});
