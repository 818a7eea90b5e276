import { regions } from "../../../../catalog/regions";
import { gpuZonesOf } from "../../../../policy-pack/nodes/gpuZones";
import { zonesIn } from "../../../../policy-pack/nodes/regionZones";
import { isOfferedIn } from "../../../emulator/cloud/tables/machineTypes";
import { REGIONS, zonesOf } from "../../../emulator/cloud/tables/regions";

test.each([
  "g2-standard-8",
  "g4-standard-48",
  "a2-highgpu-1g",
  "a2-ultragpu-1g",
  "a3-highgpu-2g",
  "a3-ultragpu-8g",
  "a4-highgpu-8g",
])("zones known to have %s have it in the emulated cloud", (machineType) => {
  const known = regions.flatMap((region) => gpuZonesOf(machineType, region) ?? []);
  expect(known.filter((zone) => !isOfferedIn(machineType, zone))).toEqual([]);
  expect(known.length).toBeGreaterThan(5);
});

test("a region has the zones that it has in the emulated cloud", () => {
  expect(REGIONS.map(zonesIn)).toEqual(REGIONS.map(zonesOf));
  expect(REGIONS.length).toBeGreaterThan(40);
});
