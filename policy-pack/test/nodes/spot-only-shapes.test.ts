import { gpuMachines } from "../../../catalog/gpuMachines";
import { UNKNOWN } from "../support/unknown";
import { spotOnlyShapes } from "../../nodes/spot-only-shapes";
import { cluster, computeClass, pool } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, remedied } from "../support/policies";

const FIX = "set it to true, or make the nodes flex-start";
const says = (place: string, given: string, type = "a3-highgpu-2g") =>
  `${place}: ${given}, but ${type} is sold as Spot or flex-start only; ${FIX}`;
const notSet = says("nodeConfig.spot", "is not set");

const findings = findingsIn(spotOnlyShapes);

function h100(nodeConfig: object = {}, inputs: object = {}): Registered {
  return pool("gpu", "eu", {
    nodeConfig: { machineType: "a3-highgpu-2g", ...nodeConfig },
    ...inputs,
  });
}

function priority(rule: object): Registered {
  return computeClass("class", "eu", [{ machineType: "a3-highgpu-2g", ...rule }]);
}

test("means the types that the program knows to be sold so", () => {
  const limited = Object.keys(gpuMachines).filter((type) => {
    return gpuMachines[type]?.soldAs.join() === "spot,flex-start";
  });
  expect(spotOnlyShapes.configSchema?.properties["machineTypes"]?.default).toEqual(limited);
});

test.each<[string, Registered]>([
  ["a Spot pool", h100({ spot: true })],
  ["a preemptible pool", h100({ preemptible: true })],
  ["a flex-start pool", h100({ flexStart: true })],
  ["a pool of queued provisioning", h100({}, { queuedProvisioning: { enabled: true } })],
  ["a whole host", h100({ machineType: "a3-highgpu-8g" })],
  ["a type that is not known yet in a Spot pool", h100({ machineType: UNKNOWN, spot: true })],
  ["a pool without a type", pool("p", "eu", { nodeConfig: {} })],
  ["an Autopilot cluster", cluster("eu", { enableAutopilot: true })],
  ["a Spot priority", priority({ spot: true })],
  ["a flex-start priority", priority({ flexStart: { enabled: true } })],
  ["a priority that names pools", computeClass("class", "eu", [{ nodepools: ["a"] }])],
  ["a class without priorities", computeClass("class", "eu", null)],
  ["an object for priorities", computeClass("class", "eu", {})],
  ["another kind", changed(priority({}), "kind", "Service")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["nothing said", h100(), notSet],
  ["null for spot", h100({ spot: null }), notSet],
  ["no Spot", h100({ spot: false }), says("nodeConfig.spot", "is false")],
  ["a text", h100({ spot: "true" }), says("nodeConfig.spot", 'is "true"')],
  ["one GPU", h100({ machineType: "a3-highgpu-1g" }), notSet.replace("-2g", "-1g")],
  ["four GPUs", h100({ machineType: "a3-highgpu-4g" }), notSet.replace("-2g", "-4g")],
  [
    "a reservation, which there is none of",
    h100({ reservationAffinity: { consumeReservationType: "SPECIFIC_RESERVATION" } }),
    notSet,
  ],
  ["flex-start switched off", h100({ flexStart: false }), notSet],
  [
    "the cluster's own pool",
    cluster("eu", { nodeConfig: { machineType: "a3-highgpu-2g" } }),
    notSet,
  ],
  [
    "a pool in the cluster's properties",
    cluster("eu", { nodePools: [{}, { nodeConfig: { machineType: "a3-highgpu-2g" } }] }),
    says("nodePools[1].nodeConfig.spot", "is not set"),
  ],
  ["a priority", priority({}), says("spec.priorities[0].spot", "is not set")],
  [
    "a priority with flex-start off",
    priority({ flexStart: { enabled: false }, spot: false }),
    says("spec.priorities[0].spot", "is false"),
  ],
  [
    "a class under a generated class's token",
    asGenerated(priority({})),
    says("spec.priorities[0].spot", "is not set"),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const resource = h100({ labels: UNKNOWN, serviceAccount: UNKNOWN }, { autoscaling: UNKNOWN });
  expect(await findings(resource)).toEqual([["mandatory", notSet]]);
});

test.each<[string, Registered]>([
  ["nodeConfig.spot", h100({ spot: UNKNOWN })],
  ["nodeConfig.flexStart", h100({ flexStart: UNKNOWN })],
  ["queuedProvisioning.enabled", h100({}, { queuedProvisioning: UNKNOWN })],
  ["nodeConfig.machineType", h100({ machineType: UNKNOWN })],
  ["spec.priorities[0].spot", priority({ spot: UNKNOWN })],
  ["spec.priorities[0].flexStart.enabled", priority({ flexStart: UNKNOWN })],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});

test("takes other types", async () => {
  const config = { [spotOnlyShapes.name]: { machineTypes: ["a2-highgpu-1g"] } };
  expect(await findings(h100(), { config })).toEqual([]);
  expect(await findings(h100({ machineType: "a2-highgpu-1g" }), { config })).toEqual([
    ["mandatory", says("nodeConfig.spot", "is not set", "a2-highgpu-1g")],
  ]);
});

test("mends it where it may", async () => {
  expect(await remedied(h100({ spot: false }), spotOnlyShapes)).toEqual(
    h100({ spot: true }).inputs,
  );
  expect(await remedied(priority({}), spotOnlyShapes)).toEqual(priority({ spot: true }).inputs);
});

test.each<[string, Registered]>([
  ["Spot as it is", h100({ spot: true })],
  ["flex-start", h100({ flexStart: true })],
  ["of another type", h100({ machineType: "a3-highgpu-8g" })],
  ["not known yet", h100({ spot: UNKNOWN })],
  ["of a type not known yet", h100({ machineType: UNKNOWN })],
  ["to come from a reservation", h100({ reservationAffinity: { key: "k" } })],
])("leaves alone what is %s", async (_, resource) => {
  expect(await remedied(resource, spotOnlyShapes)).toBeUndefined();
});
