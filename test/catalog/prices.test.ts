import { gpuMachines } from "../../catalog/gpuMachines";
import { machinePrice } from "../../catalog/prices";
import { knownRegions } from "../../catalog/gpuZones";
import { regions } from "../../catalog/regions";
import { SYSTEM_POOL } from "../../catalog/systemPool";

const gpuRows = Object.keys(gpuMachines).flatMap((type) =>
  regions.flatMap((region) => {
    const price = machinePrice(type, region);
    return price ? [{ type, region, price, exists: knownRegions(type).includes(region) }] : [];
  }),
);

test("the table has rows for the machines of the stack files", () => {
  expect(machinePrice("g2-standard-8", "europe-west3")).toEqual({ onDemand: 1.006, spot: 0.604 });
  expect(machinePrice("a3-highgpu-2g", "us-east4")).toEqual({ onDemand: 22.139, spot: 9.08 });
  expect(machinePrice(SYSTEM_POOL.machineType, "us-east4")).toEqual({
    onDemand: 0.302,
    spot: 0.166,
  });
});

test("it prices no GPU machine where that does not exist, and spot is never dearer", () => {
  expect(gpuRows).toHaveLength(82);
  expect(gpuRows.filter(({ exists }) => !exists)).toEqual([]);
  expect(gpuRows.filter(({ price }) => price.spot >= price.onDemand)).toEqual([]);
});

test("what it does not know, it does not make up", () => {
  expect(machinePrice("a3-highgpu-4g", "us-east4")).toBeUndefined();
  expect(machinePrice("g2-standard-8", "africa-south1")).toBeUndefined();
  expect(machinePrice("constructor", "us-east4")).toBeUndefined();
});
