import { gpuMachines } from "../../catalog/gpuMachines";
import { knownRegions, knownZones } from "../../catalog/gpuZones";
import { regions } from "../../catalog/regions";
import { zonesOf } from "../../catalog/zones";
import { isOfferedIn, isSoldAs } from "../../rehearsal/emulator/cloud/tables/machineTypes";
import { zonesOf as emulatedZonesOf } from "../../rehearsal/emulator/cloud/tables/regions";
import { machineType } from "../../rehearsal/emulator/gke/nodes/machineTypes";

const SALES = ["on-demand", "spot", "flex-start", "reservation"] as const;

describe("GPU machines", () => {
  test.each(Object.entries(gpuMachines))(
    "%s is in the program what it is in the emulated cloud",
    (name, machine) => {
      expect(machineType(name)?.gpu).toEqual({ type: machine.gpu, count: machine.gpusPerNode });
      const offered = regions.filter((region) => {
        return emulatedZonesOf(region).some((zone) => isOfferedIn(name, zone));
      });
      expect(knownRegions(name)).toEqual(offered);
      const sold = SALES.filter((sale) => isSoldAs(name, sale));
      expect([...sold].sort()).toEqual([...machine.soldAs].sort());
    },
  );

  test.each(Object.entries(gpuMachines))(
    "%s: local SSDs that the program says are those that the emulated GKE answers",
    (name, { localSsds }) => {
      const { localSsds: count = 0, usesLocalSsds = false } = machineType(name) ?? {};
      // What is unsettled is ignored, so it need not be the same.
      expect(
        localSsds === "unsettled" ? count > 0 : localSsds === (usesLocalSsds ? count : 0),
      ).toBe(true);
    },
  );
});

describe("zones", () => {
  test("of each region are those of the emulated cloud", () => {
    expect(regions.map(zonesOf)).toEqual(regions.map(emulatedZonesOf));
  });

  test.each(Object.keys(gpuMachines))(
    "known to have %s have it in the emulated cloud too",
    (name) => {
      const known = regions.flatMap((region) => knownZones(name, region));
      expect(known.filter((zone) => !isOfferedIn(name, zone))).toEqual([]);
      expect(known).not.toEqual([]);
    },
  );

  test.each([
    ["g2-standard-8", "us-east4", ["us-east4-a", "us-east4-c"]],
    ["g2-standard-8", "europe-west3", ["europe-west3-a", "europe-west3-b"]],
    ["a3-highgpu-2g", "europe-west3", ["europe-west3-c"]],
    ["a3-highgpu-2g", "australia-southeast2", []],
    ["a3-highgpu-2g", "us-west2", []],
    ["e2-standard-8", "us-east4", []],
  ] as const)("%s in %s: %j", (name, region, zones) => {
    expect(knownZones(name, region)).toEqual(zones);
  });
});
