import { UNKNOWN } from "../support/unknown";
import { nodeAutoRepair } from "../../nodes/node-auto-repair";
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
import { type Registered, unknownBut } from "../support/policies";

const REPAIR = "management.autoRepair";
const UPGRADE = "management.autoUpgrade";
const noRepair = (path = REPAIR, given = "false") =>
  `${path}: is ${given}, so a node with a broken GPU or a full disk stays in the pool; ` +
  "remove it or set it to true";
const noUpgrade = (path = UPGRADE) =>
  `${path}: is false, so nodes fall behind the control plane; remove it or set it to true`;

const unrepaired = changed(nodePool, REPAIR, false);
const PROVISIONED = "clusterAutoscaling.autoProvisioningDefaults.management";
const provisioning = (management: object) => {
  return merged(cluster, { clusterAutoscaling: { autoProvisioningDefaults: { management } } });
};

test.each<[string, Registered]>([
  ["both", nodePool],
  ["both left on", changed(nodePool, "management")],
  ["null for a default", changed(nodePool, REPAIR, null)],
  ["a flex-start pool", changed(unrepaired, "nodeConfig.flexStart", true)],
  ["a pool that queues", merged(unrepaired, { queuedProvisioning: { enabled: true } })],
  ["a cluster", cluster],
  ["a cluster with a first pool", withFirstPool],
  ["pools in the cluster", withInlinePools],
  ["pools made by GKE", provisioning({ autoRepair: true })],
  ["a cluster of Autopilot", autopilot],
])("passes %s", async (_, resource) => {
  expect(await findings(nodeAutoRepair, resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["no repair", unrepaired, noRepair()],
  ["a text", changed(nodePool, REPAIR, "on"), noRepair(REPAIR, '"on"')],
  ["no upgrades", changed(nodePool, UPGRADE, false), noUpgrade()],
  [
    "no upgrades of a flex-start pool",
    merged(unrepaired, {
      management: { autoRepair: false, autoUpgrade: false },
      nodeConfig: { flexStart: true },
    }),
    noUpgrade(),
  ],
  ["a pool that waits for nothing", changed(unrepaired, "nodeConfig.flexStart", false), noRepair()],
  [
    "a pool in the cluster",
    changed(withInlinePools, "nodePools.1.management.autoRepair", false),
    noRepair(`nodePools[1].${REPAIR}`),
  ],
  [
    "pools made by GKE",
    provisioning({ autoUpgrade: false }),
    noUpgrade(`${PROVISIONED}.autoUpgrade`),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(nodeAutoRepair, resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const inputs = unknownBut(changed(nodePool, UPGRADE, false).inputs, "management.autoUpgrade");
  const known = { ...nodePool, inputs: { ...inputs, nodeConfig: UNKNOWN } };
  expect(await findings(nodeAutoRepair, known)).toEqual([
    ["advisory", pending(REPAIR)],
    ["mandatory", noUpgrade()],
  ]);
});

test.each<[string, Registered, string[]]>([
  ["all about it", changed(nodePool, "management", UNKNOWN), [REPAIR, UPGRADE]],
  ["the repair", changed(nodePool, REPAIR, UNKNOWN), [REPAIR]],
  [
    "what may do without repair",
    changed(unrepaired, "nodeConfig.flexStart", UNKNOWN),
    ["nodeConfig.flexStart"],
  ],
  ["a cluster's list of pools", changed(withInlinePools, "nodePools", UNKNOWN), ["nodePools"]],
])("advises where %s is not known yet", async (_, resource, places) => {
  expect(await findings(nodeAutoRepair, resource)).toEqual(
    places.map((place) => ["advisory", pending(place)]),
  );
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(nodeAutoRepair));
