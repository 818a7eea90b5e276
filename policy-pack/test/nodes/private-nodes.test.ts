import { UNKNOWN } from "../support/unknown";
import { privateNodes } from "../../nodes/private-nodes";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  nodePool,
  withInlinePools,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, unknownBut } from "../support/policies";

const ENABLED = "privateClusterConfig.enablePrivateNodes";
const POOL_ENABLED = "networkConfig.enablePrivateNodes";
const consequence = "so every node gets a public address; set it to true";
const notSet = `${ENABLED}: is not set, ${consequence}`;
const inPool = (path: string, given: string) =>
  `${path}: is ${given}, so every node of this pool gets a public address; ` +
  "remove it or set it to true";
const publicPool = (pool: number) =>
  changed(withInlinePools, `nodePools.${pool}.networkConfig`, { enablePrivateNodes: false });

test.each<[string, Registered]>([
  ["a private cluster", cluster],
  ["one of Autopilot", autopilot],
  ["one with its pools in it", withInlinePools],
  ["a pool of private nodes", nodePool],
  ["a pool that takes what its cluster has", changed(nodePool, "networkConfig")],
])("passes %s", async (_, resource) => {
  expect(await findings(privateNodes, resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["public nodes", changed(cluster, ENABLED, false), `${ENABLED}: is false, ${consequence}`],
  ["a text", changed(cluster, ENABLED, "yes"), `${ENABLED}: is "yes", ${consequence}`],
  ["nothing said", changed(cluster, "privateClusterConfig"), notSet],
  ["a list for an object", changed(cluster, "privateClusterConfig", []), notSet],
  ["nothing said to Autopilot", changed(autopilot, "privateClusterConfig"), notSet],
  ["a pool of public nodes", changed(nodePool, POOL_ENABLED, false), inPool(POOL_ENABLED, "false")],
  [
    "a pool of public nodes in the cluster",
    publicPool(1),
    inPool(`nodePools[1].${POOL_ENABLED}`, "false"),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(privateNodes, resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const inputs = unknownBut(changed(cluster, ENABLED, false).inputs, ENABLED);
  const message = `${ENABLED}: is false, ${consequence}`;
  expect(await findings(privateNodes, { ...cluster, inputs })).toEqual([["mandatory", message]]);
});

test.each<[string, Registered, string, string]>([
  ["all about a cluster's nodes", cluster, "privateClusterConfig", ENABLED],
  ["a cluster's setting", cluster, ENABLED, ENABLED],
  ["a pool's setting", nodePool, POOL_ENABLED, POOL_ENABLED],
  ["a cluster's list of pools", withInlinePools, "nodePools", "nodePools"],
])("advises where %s is not known yet", async (_, resource, path, place) => {
  const unknown = changed(resource, path, UNKNOWN);
  expect(await findings(privateNodes, unknown)).toEqual([["advisory", pending(place)]]);
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(privateNodes));
