import { GatewayHistory } from "../../../../emulator/gke/controllers/gatewayHistory";
import { fleet, gateway } from "../support/world";

test("it tells which Gateways there are, and when the last one went", () => {
  const { world, west } = fleet();
  let now = 1000;
  const history = new GatewayHistory(() => now);
  expect(history.of(world, "demo")).toEqual({ existing: [] });
  west.put(gateway({}, { deletionTimestamp: "2026-01-01T00:00:00Z" }));
  expect(history.of(world, "demo")).toEqual({ existing: ["default/cross-region"] });
  west.objects.pop();
  now = 2000;
  expect(history.of(world, "demo")).toEqual({ existing: [], lastGoneAt: 2000 });
  now = 3000;
  expect(history.of(world, "demo")).toEqual({ existing: [], lastGoneAt: 2000 });
});

test("a Gateway that went with its cluster has gone too", () => {
  const { world, west } = fleet();
  const history = new GatewayHistory(() => 7);
  west.put(gateway());
  history.observe(world);
  world.clusters = [];
  expect(history.of(world, "demo")).toEqual({ existing: [], lastGoneAt: 7 });
});

test("single-cluster Gateways do not count", () => {
  const { world, west } = fleet();
  const single = gateway();
  single.spec.gatewayClassName = "gke-l7-rilb";
  west.put(single);
  expect(new GatewayHistory().of(world, "demo")).toEqual({ existing: [] });
});
