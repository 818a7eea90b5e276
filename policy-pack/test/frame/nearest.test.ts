import { nearest } from "../../frame";

const fields = ["name", "dryRun", "maxUtilizationPercent", "timeoutSec", "balancingMode"];

test.each([
  ["maxUtilization", "maxUtilizationPercent"],
  ["timeoutSeconds", "timeoutSec"],
  ["timoutSec", "timeoutSec"],
  ["timeoutsec", "timeoutSec"],
  ["dry_run", "dryRun"],
  ["balancignMode", "balancingMode"],
  ["nmae", "name"],
])("%s stands for %s", (given, meant) => {
  expect(nearest(given, fields)).toBe(meant);
});

test.each(["colour", "x", "ab", "sec", "mode", "balancing_modes_x"])(
  "%s stands for none of them",
  (given) => {
    expect(nearest(given, fields)).toBeUndefined();
  },
);

test("takes the nearer of two", () => {
  expect(nearest("hosts", ["posts", "hotst", "host_"])).toBe("posts");
  expect(nearest("ports", ["posts", "port"])).toBe("port");
});
