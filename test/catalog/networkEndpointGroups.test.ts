import { MAX_NEGS, negCount } from "../../catalog/networkEndpointGroups";

const west = { region: "europe-west3" as const, gpuZones: ["europe-west3-c"] };
const east = { region: "us-east4" as const, gpuZones: ["us-east4-a"] };
const central = { region: "us-central1" as const, gpuZones: ["us-central1-f"] };

test("one group for each zone with nodes of each cluster that serves; GKE takes three where none is named", () => {
  const zones = ["us-east4-a", "us-east4-b"];
  expect(negCount({ west, east: { ...east, zones }, hub: { ...west, gpus: false } })).toBe(5);
  expect(negCount({})).toBe(0);
});

test("zones of GPUs count beside those of the other nodes", () => {
  expect(negCount({ east: { ...east, zones: ["us-east4-b", "us-east4-c"] } })).toBe(3);
  // GKE chooses three of four, and the GPUs may be in the fourth.
  expect(negCount({ central })).toBe(4);
  expect(negCount({ central: { ...central, gpuZones: [] } })).toBe(3);
});

test("and for each port: two clusters of eight ports in three zones fit, three do not", () => {
  expect(negCount({ a: west, b: east }, 8)).toBe(48);
  expect(negCount({ a: west, b: east }, 8)).toBeLessThanOrEqual(MAX_NEGS);
  expect(negCount({ a: west, b: east, c: west }, 8)).toBeGreaterThan(MAX_NEGS);
});
