import { UNKNOWN } from "../support/unknown";
import { shieldedNodes } from "../../nodes/shielded-nodes";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  merged,
  nodePool,
  withFirstPool,
  withInlinePools,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, remedied, unknownBut } from "../support/policies";

const INSTANCE = "nodeConfig.shieldedInstanceConfig";
const BOOT = `${INSTANCE}.enableSecureBoot`;
const MONITORING = `${INSTANCE}.enableIntegrityMonitoring`;
const noBoot = (path = BOOT, state = "is not set") =>
  `${path}: ${state}, so nodes start unsigned drivers and boot loaders too; set it to true`;
const noMonitoring = (path = MONITORING) =>
  `${path}: is false, so a node that boots changed software goes unnoticed; set it to true`;
const unshielded =
  "enableShieldedNodes: is false, so any machine may pass for a node; set it to true";

const PROVISIONED = "clusterAutoscaling.autoProvisioningDefaults.shieldedInstanceConfig";
const provisioning = (shieldedInstanceConfig?: object, enabled: unknown = true) => ({
  clusterAutoscaling: { enabled, autoProvisioningDefaults: { shieldedInstanceConfig } },
});

test.each<[string, Registered]>([
  ["shielded nodes", cluster],
  ["a cluster that leaves them on", changed(cluster, "enableShieldedNodes")],
  ["a cluster of Autopilot", autopilot],
  ["a pool", nodePool],
  ["monitoring that is left on", changed(nodePool, MONITORING)],
  ["a pool in the cluster's own nodeConfig", withFirstPool],
  ["pools in the cluster", withInlinePools],
  ["a removed pool, whatever it was to be", merged(cluster, { nodeConfig: {} })],
  ["pools made by GKE", merged(cluster, provisioning({ enableSecureBoot: true }))],
  ["settings for pools that GKE does not make", merged(cluster, provisioning({}, false))],
  ["pools made by Autopilot", merged(autopilot, provisioning({}))],
])("passes %s", async (_, resource) => {
  expect(await findings(shieldedNodes, resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["unshielded nodes", changed(cluster, "enableShieldedNodes", false), unshielded],
  ["no secure boot", changed(nodePool, BOOT, false), noBoot(BOOT, "is false")],
  ["a text for it", changed(nodePool, BOOT, "on"), noBoot(BOOT, 'is "on"')],
  ["a pool that does not say", changed(nodePool, INSTANCE), noBoot()],
  ["a pool without a nodeConfig", changed(nodePool, "nodeConfig"), noBoot()],
  ["a list for a nodeConfig", changed(nodePool, "nodeConfig", [{}]), noBoot()],
  ["no monitoring", changed(nodePool, MONITORING, false), noMonitoring()],
  ["a first pool that nothing is said of", changed(withFirstPool, "nodeConfig"), noBoot()],
  ["a first pool", changed(withFirstPool, MONITORING, false), noMonitoring()],
  [
    "a pool in the cluster",
    changed(withInlinePools, `nodePools.1.${BOOT}`, false),
    noBoot(`nodePools[1].${BOOT}`, "is false"),
  ],
  ["pools made by GKE", merged(cluster, provisioning()), noBoot(`${PROVISIONED}.enableSecureBoot`)],
])("fails %s", async (_, resource, message) => {
  expect(await findings(shieldedNodes, resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const known = unknownBut(changed(nodePool, BOOT, false).inputs, BOOT, MONITORING);
  const message = noBoot(BOOT, "is false");
  expect(await findings(shieldedNodes, { ...nodePool, inputs: known })).toEqual([
    ["mandatory", message],
  ]);
});

test.each<[string, Registered, string, string[]]>([
  ["a cluster's switch", cluster, "enableShieldedNodes", ["enableShieldedNodes"]],
  ["a pool's nodeConfig", nodePool, "nodeConfig", [BOOT, MONITORING]],
  ["a pool's secure boot", nodePool, BOOT, [BOOT]],
  [
    "whether the first pool stays",
    withFirstPool,
    "removeDefaultNodePool",
    ["removeDefaultNodePool"],
  ],
  ["what GKE makes", cluster, "clusterAutoscaling", ["clusterAutoscaling.enabled"]],
])("advises where %s is not known yet", async (_, resource, path, places) => {
  const unknown = changed(resource, path, UNKNOWN);
  expect(await findings(shieldedNodes, unknown)).toEqual(
    places.map((place) => ["advisory", pending(place)]),
  );
});

test("mends it where it may", async () => {
  const unshieldedCluster = changed(cluster, "enableShieldedNodes", false);
  expect(await remedied(unshieldedCluster, shieldedNodes)).toEqual(cluster.inputs);
  for (const broken of [
    changed(nodePool, BOOT),
    changed(nodePool, BOOT, false),
    changed(nodePool, MONITORING, false),
  ]) {
    expect(await remedied(broken, shieldedNodes)).toEqual(nodePool.inputs);
  }
});

test.each<[string, Registered]>([
  ["right", cluster],
  ["a right pool", nodePool],
  ["left on", changed(nodePool, MONITORING)],
  ["not known yet", changed(nodePool, INSTANCE, UNKNOWN)],
  ["a first pool, for which the cluster would be replaced", changed(withFirstPool, BOOT)],
])("leaves alone what is %s", async (_, resource) => {
  expect(await remedied(resource, shieldedNodes)).toBeUndefined();
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(shieldedNodes));
