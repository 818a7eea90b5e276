import {
  CHANNEL_DEFAULTS,
  MINIMUM_GKE_VERSION,
  POD_METRICS_GKE_VERSION,
} from "../../../catalog/gkeVersion";
import { UNKNOWN } from "../support/unknown";
import { gkeVersionFloor } from "../../clusters/gke-version-floor";
import { CHANNEL_DEFAULTS as POLICY_DEFAULTS, SINCE } from "../../clusters/gkeVersion";
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
import { type Registered, type RunOptions, runPolicies, unknownBut } from "../support/policies";

const FLOOR = "1.34.1-gke.1127000";
const FIX = 'write a minor version such as "1.34", or a newer one';
const NODES_FIX = "leave it out: nodes follow the control plane";
const CHANNEL_FIX = "set it to one of RAPID, REGULAR, STABLE, EXTENDED";
const noChannel =
  "releaseChannel.channel: is not set, so it is not clear which versions GKE upgrades to; " +
  CHANNEL_FIX;
const none = (path: string, given: string, fix = FIX) =>
  `${path}: ${given} is not a version of GKE; ${fix}`;
const below = (path: string, given: string, fix = FIX) =>
  `${path}: "${given}" is below ${FLOOR}; ${fix}`;

const judge = (resource: Registered, options?: RunOptions) =>
  findings(gkeVersionFloor, resource, options);

test("has the program's floor, and knows of the channels what the program knows", () => {
  expect(gkeVersionFloor.configSchema?.properties["floor"]?.default).toBe(MINIMUM_GKE_VERSION);
  expect(POLICY_DEFAULTS).toEqual(CHANNEL_DEFAULTS);
  expect(SINCE.podMetrics).toBe(POD_METRICS_GKE_VERSION);
});

const unset = changed(cluster, "minMasterVersion");

/** A cluster as it is once it runs a version, with what GKE adds to it. */
const running = (version: string, resource: Registered): Registered => {
  const listed = { nodeVersion: "1.32.1-gke.1", nodePools: [{ version: "1.32.1-gke.1" }] };
  return { ...resource, outputs: { ...resource.inputs, ...listed, masterVersion: version } };
};
const runs = (version: string) =>
  `minMasterVersion: is not set, and the cluster runs ${version}, which is below ${FLOOR}; ${FIX}`;

test.each<[string, Registered]>([
  ["a minor version", cluster],
  [
    "the floor's minor, which GKE takes the newest of",
    changed(cluster, "minMasterVersion", "1.34"),
  ],
  ["the floor's patch, cut off", changed(cluster, "minMasterVersion", "1.34.1")],
  ["a minor that ends in 0", changed(cluster, "minMasterVersion", "1.40")],
  ["no version: what the channel installs", unset],
  ["null for a version", changed(cluster, "minMasterVersion", null)],
  ["no version on the stable channel", changed(unset, "releaseChannel.channel", "STABLE")],
  ["no version on the extended channel", changed(unset, "releaseChannel.channel", "EXTENDED")],
  ["a cluster of Autopilot, which is on a channel anyway", autopilot],
  ["a cluster that runs the floor", running(FLOOR, unset)],
  ["a cluster that is asked to leave an old version", running("1.33.1-gke.1", cluster)],
  ["a version of GKE's that is none", running("new", unset)],
  ["pools in the cluster", withInlinePools],
  ["a pool, which follows its cluster", nodePool],
  ["a pool of the floor's version", changed(nodePool, "version", FLOOR)],
])("passes %s", async (_, resource) => {
  expect(await judge(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  [
    "a version below the floor",
    changed(cluster, "minMasterVersion", "1.34.0-gke.2201000"),
    below("minMasterVersion", "1.34.0-gke.2201000"),
  ],
  [
    "an older patch of GKE",
    changed(cluster, "minMasterVersion", "1.34.1-gke.1126999"),
    below("minMasterVersion", "1.34.1-gke.1126999"),
  ],
  [
    "an older minor version",
    changed(cluster, "minMasterVersion", "1.33"),
    below("minMasterVersion", "1.33"),
  ],
  [
    "an older patch, cut off",
    changed(cluster, "minMasterVersion", "1.34.0"),
    below("minMasterVersion", "1.34.0"),
  ],
  ["a word", changed(cluster, "minMasterVersion", "latest"), none("minMasterVersion", '"latest"')],
  ["a number", changed(cluster, "minMasterVersion", 1.35), none("minMasterVersion", "1.35")],
  [
    "a version of Kubernetes' own form",
    changed(cluster, "minMasterVersion", "v1.35.0"),
    none("minMasterVersion", '"v1.35.0"'),
  ],
  [
    "older nodes in GKE's first pool",
    changed(cluster, "nodeVersion", "1.33.5-gke.1"),
    below("nodeVersion", "1.33.5-gke.1", NODES_FIX),
  ],
  [
    "older nodes in a pool of the cluster",
    changed(withInlinePools, "nodePools.0.version", "1.33.5-gke.1"),
    below("nodePools[0].version", "1.33.5-gke.1", NODES_FIX),
  ],
  [
    "older nodes",
    changed(nodePool, "version", "1.32.9-gke.1"),
    below("version", "1.32.9-gke.1", NODES_FIX),
  ],
  ["nodes of no version", changed(nodePool, "version", true), none("version", "true", NODES_FIX)],
  ["an old version that nobody asked for", running("1.33.1-gke.1", unset), runs("1.33.1-gke.1")],
  ["no channel", changed(cluster, "releaseChannel"), noChannel],
  ["neither version nor channel", changed(unset, "releaseChannel"), noChannel],
  ["a text for the channel's object", changed(cluster, "releaseChannel", "RAPID"), noChannel],
  [
    "the channel that is none",
    changed(cluster, "releaseChannel.channel", "UNSPECIFIED"),
    `releaseChannel.channel: "UNSPECIFIED" is not a release channel; ${CHANNEL_FIX}`,
  ],
  [
    "an old Autopilot cluster",
    changed(autopilot, "minMasterVersion", "1.33"),
    below("minMasterVersion", "1.33"),
  ],
  [
    "an Autopilot cluster on no channel",
    changed(autopilot, "releaseChannel", { channel: "UNSPECIFIED" }),
    `releaseChannel.channel: "UNSPECIFIED" is not a release channel; ${CHANNEL_FIX}`,
  ],
])("fails %s", async (_, resource, message) => {
  expect(await judge(resource)).toEqual([["mandatory", message]]);
});

const oneVersion = (given: string, minor: string) =>
  `minMasterVersion: "${given}" is an exact version, which a channel offers for some months ` +
  `only: after them GKE refuses to create this cluster again; write "${minor}", or leave it out`;

test.each([
  [FLOOR, "1.34"],
  ["1.36.4-gke.1391002", "1.36"],
])("advises against one version, %s, beside a channel", async (version, minor) => {
  const pinned = changed(cluster, "minMasterVersion", version);
  expect(await judge(pinned)).toEqual([["advisory", oneVersion(version, minor)]]);
});

test("leaves one version alone where there is no channel to drop it", async () => {
  const pinned = changed(changed(cluster, "minMasterVersion", FLOOR), "releaseChannel");
  expect(await judge(pinned)).toEqual([["mandatory", noChannel]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = changed(cluster, "minMasterVersion", "1.33.5-gke.1");
  const known = unknownBut(inputs, "minMasterVersion", "releaseChannel.channel");
  const message = below("minMasterVersion", "1.33.5-gke.1");
  expect(await judge({ ...cluster, inputs: known })).toEqual([["mandatory", message]]);
});

test.each<[Registered, string, string]>([
  [cluster, "minMasterVersion", "minMasterVersion"],
  [cluster, "nodeVersion", "nodeVersion"],
  [cluster, "releaseChannel", "releaseChannel.channel"],
  [cluster, "nodePools", "nodePools"],
  [withInlinePools, "nodePools.1.version", "nodePools[1].version"],
  [nodePool, "version", "version"],
])("advises where the %#th value is not known yet", async (resource, path, place) => {
  expect(await judge(changed(resource, path, UNKNOWN))).toEqual([["advisory", pending(place)]]);
});

test("advises where it is not known whether Autopilot brings a channel", async () => {
  const inputs = { ...changed(cluster, "releaseChannel").inputs, enableAutopilot: UNKNOWN };
  expect(await judge({ ...cluster, inputs })).toEqual([["advisory", pending("enableAutopilot")]]);
});

test("takes another floor, which a channel may not have reached", async () => {
  const config = { [gkeVersionFloor.name]: { floor: "1.36" } };
  const fix = 'write a minor version such as "1.36", or a newer one';
  const older = changed(cluster, "minMasterVersion", "1.35");
  expect(await judge(older, { config })).toEqual([
    ["mandatory", `minMasterVersion: "1.35" is below 1.36; ${fix}`],
  ]);
  expect(await judge(changed(unset, "releaseChannel.channel", "STABLE"), { config })).toEqual([
    [
      "mandatory",
      "minMasterVersion: is not set, and the cluster's channel installs 1.35.6-gke.1250000, which is " +
        `below 1.36; ${fix}`,
    ],
  ]);
  expect(await judge(unset, { config })).toEqual([]);
  expect(await judge(cluster, { config })).toEqual([]);
});

test("takes no floor that is no version", async () => {
  const config = { [gkeVersionFloor.name]: { floor: "rapid" } };
  const judging = runPolicies([cluster], { policies: [gkeVersionFloor], config });
  await expect(judging).rejects.toThrow(
    `gke-version-floor: floor is "rapid", which is not a version of GKE; write it as ${FLOOR}`,
  );
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(gkeVersionFloor));
