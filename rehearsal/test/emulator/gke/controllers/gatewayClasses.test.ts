import {
  gatewayClasses,
  MULTI_CLUSTER_CLASSES,
  SINGLE_CLUSTER_CLASSES,
} from "../../../../emulator/gke/controllers/gatewayClasses";
import {
  endlessDelays,
  fleet,
  gatewayClass,
  noDelays,
  object,
  statusIn,
  summary,
} from "../support/world";

const created = (names: string[], cluster: string) =>
  names.map((name) => `create GatewayClass ${name} on ${cluster}`);

test("multi-cluster classes come on the config cluster only, the others on both", () => {
  const { world } = fleet();
  expect(summary(gatewayClasses(world, noDelays()))).toEqual([
    ...created([...SINGLE_CLUSTER_CLASSES, ...MULTI_CLUSTER_CLASSES], "gke-west"),
    ...created(SINGLE_CLUSTER_CLASSES, "gke-east"),
  ]);
});

test("until the feature has been on for a while there are single-cluster classes only", () => {
  const { world } = fleet();
  expect(summary(gatewayClasses(world, endlessDelays()))).toEqual([
    ...created(SINGLE_CLUSTER_CLASSES, "gke-west"),
    ...created(SINGLE_CLUSTER_CLASSES, "gke-east"),
  ]);
});

test("when the feature goes off, its classes go, and nobody else's", () => {
  const { world, cloud, west, east } = fleet();
  for (const cluster of [west, east]) cluster.put(...SINGLE_CLUSTER_CLASSES.map(gatewayClass));
  west.put(...MULTI_CLUSTER_CLASSES.map(gatewayClass));
  west.put(object("GatewayClass", "nginx", { spec: { controllerName: "nginx.org/gateway" } }));
  expect(gatewayClasses(world, noDelays())).toEqual([]);
  cloud.config = undefined;
  expect(summary(gatewayClasses(world, noDelays()))).toEqual(
    MULTI_CLUSTER_CLASSES.map((name) => `delete GatewayClass ${name} on gke-west`),
  );
});

test("a class that is there is not waited for again by a daemon that comes back", () => {
  const { world, west, east } = fleet();
  west.put(...[...SINGLE_CLUSTER_CLASSES, ...MULTI_CLUSTER_CLASSES].map(gatewayClass));
  east.put(...SINGLE_CLUSTER_CLASSES.map(gatewayClass));
  expect(gatewayClasses(world, endlessDelays())).toEqual([]);
});

test("a new class is accepted", () => {
  const { world, west, east } = fleet();
  west.put(...[...SINGLE_CLUSTER_CLASSES, ...MULTI_CLUSTER_CLASSES].map(gatewayClass));
  east.put(...SINGLE_CLUSTER_CLASSES.map(gatewayClass));
  east.put({ ...gatewayClass("gke-l7-rilb"), status: {} });
  const status = statusIn<{ conditions: object[] }>(gatewayClasses(world, noDelays()));
  expect(status.conditions).toMatchObject([
    { type: "Accepted", status: "True", reason: "Accepted", message: "" },
  ]);
});

test("without the Gateway API a cluster has no classes, and one without the kind is left alone", () => {
  const { world, west, east } = fleet({ west: { gatewayApiChannel: "CHANNEL_DISABLED" } });
  west.put(gatewayClass("gke-l7-rilb"));
  east.absent.push("GatewayClass");
  expect(summary(gatewayClasses(world, noDelays()))).toEqual([
    "delete GatewayClass gke-l7-rilb on gke-west",
  ]);
});
