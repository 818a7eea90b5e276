import { MAX_NEGS, negCount } from "../../catalog/networkEndpointGroups";

test("one group for each zone of each cluster that serves; GKE takes three where none is named", () => {
  const zones = ["us-east4-a", "us-east4-b"];
  expect(negCount({ west: {}, east: { zones }, hub: { gpus: false } })).toBe(5);
  expect(negCount({})).toBe(0);
});

test("and for each port: two clusters of eight ports in three zones fit, three do not", () => {
  expect(negCount({ a: {}, b: {} }, 8)).toBe(48);
  expect(negCount({ a: {}, b: {} }, 8)).toBeLessThanOrEqual(MAX_NEGS);
  expect(negCount({ a: {}, b: {}, c: {} }, 8)).toBeGreaterThan(MAX_NEGS);
});
