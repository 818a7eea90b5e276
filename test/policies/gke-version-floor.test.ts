import { MINIMUM_GKE_VERSION } from "../../catalog/gkeVersion";
import { gkeVersionFloor } from "../../policy-pack/policies/gke-version-floor";
import { type Registered, type RunOptions, runPolicies, unknownBut } from "../support/policies";
import { UNKNOWN } from "../support/registrations";
import {
  autopilot,
  cluster,
  expectToBearOddShapes,
  findings,
  nodePool,
  withInlinePools,
} from "./fixtures/clusters";
import { pending } from "./fixtures/messages";
import { changed } from "./fixtures/stack";

const FLOOR = "1.34.1-gke.1127000";
const FIX = `set it to "${FLOOR}" or newer`;
const CHANNEL_FIX = "set it to one of RAPID, REGULAR, STABLE, EXTENDED";
const noVersion = `minMasterVersion: is not set, so the control plane may be older than ${FLOOR}; ${FIX}`;
const noChannel =
  "releaseChannel.channel: is not set, so it is open which versions GKE goes on to; " + CHANNEL_FIX;
const none = (path: string, given: string) => `${path}: ${given} is not a version of GKE; ${FIX}`;
const below = (path: string, given: string) => `${path}: "${given}" is below ${FLOOR}; ${FIX}`;
const open = (path: string, given: string) =>
  `${path}: "${given}" may stand for a version below ${FLOOR}; ` +
  `write it in full, "${FLOOR}" or newer`;

const judge = (resource: Registered, options?: RunOptions) =>
  findings(gkeVersionFloor, resource, options);

test("says what it is", () => {
  expect(gkeVersionFloor).toMatchObject({
    name: "gke-version-floor",
    description:
      "Clusters and nodes run a version of GKE that has what the gateway needs, and go on to " +
      "newer ones.",
    enforcementLevel: "mandatory",
    severity: "high",
  });
});

test("has the program's floor", () => {
  expect(gkeVersionFloor.configSchema?.properties["floor"]?.default).toBe(MINIMUM_GKE_VERSION);
});

test.each<[string, Registered]>([
  ["the floor itself", cluster],
  ["a newer patch of GKE", changed(cluster, "minMasterVersion", "1.34.1-gke.2000000")],
  ["a newer patch of Kubernetes", changed(cluster, "minMasterVersion", "1.34.2-gke.1000")],
  ["a newer minor version, cut off", changed(cluster, "minMasterVersion", "1.35")],
  ["a newer patch, cut off", changed(cluster, "minMasterVersion", "1.34.10")],
  ["the stable channel", changed(cluster, "releaseChannel.channel", "STABLE")],
  ["a cluster of Autopilot, which is on a channel anyway", autopilot],
  ["pools in the cluster", withInlinePools],
  ["a pool", nodePool],
  ["a pool that follows its cluster", changed(nodePool, "version")],
])("passes %s", async (_, resource) => {
  expect(await judge(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["no version", changed(cluster, "minMasterVersion"), noVersion],
  ["null for a version", changed(cluster, "minMasterVersion", null), noVersion],
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
    "an older minor version, cut off",
    changed(cluster, "minMasterVersion", "1.33"),
    below("minMasterVersion", "1.33"),
  ],
  [
    "the floor's minor version, cut off",
    changed(cluster, "minMasterVersion", "1.34"),
    open("minMasterVersion", "1.34"),
  ],
  [
    "the floor's patch, cut off",
    changed(cluster, "minMasterVersion", "1.34.1"),
    open("minMasterVersion", "1.34.1"),
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
    below("nodeVersion", "1.33.5-gke.1"),
  ],
  [
    "older nodes in a pool of the cluster",
    changed(withInlinePools, "nodePools.0.version", "1.33.5-gke.1"),
    below("nodePools[0].version", "1.33.5-gke.1"),
  ],
  ["older nodes", changed(nodePool, "version", "1.32.9-gke.1"), below("version", "1.32.9-gke.1")],
  ["nodes of no version", changed(nodePool, "version", true), none("version", "true")],
  ["no channel", changed(cluster, "releaseChannel"), noChannel],
  ["a text for the channel's object", changed(cluster, "releaseChannel", "RAPID"), noChannel],
  [
    "the channel that is none",
    changed(cluster, "releaseChannel.channel", "UNSPECIFIED"),
    `releaseChannel.channel: "UNSPECIFIED" is not a release channel; ${CHANNEL_FIX}`,
  ],
  ["an old Autopilot cluster", changed(autopilot, "minMasterVersion"), noVersion],
  [
    "an Autopilot cluster on no channel",
    changed(autopilot, "releaseChannel", { channel: "UNSPECIFIED" }),
    `releaseChannel.channel: "UNSPECIFIED" is not a release channel; ${CHANNEL_FIX}`,
  ],
])("fails %s", async (_, resource, message) => {
  expect(await judge(resource)).toEqual([["mandatory", message]]);
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

test("takes another floor", async () => {
  const config = { [gkeVersionFloor.name]: { floor: "1.35" } };
  const message = `minMasterVersion: "${FLOOR}" is below 1.35; set it to "1.35" or newer`;
  expect(await judge(cluster, { config })).toEqual([["mandatory", message]]);
  expect(await judge(autopilot, { config })).toEqual([]);
});

test("takes no floor that is no version", async () => {
  const config = { [gkeVersionFloor.name]: { floor: "rapid" } };
  const judging = runPolicies([cluster], { policies: [gkeVersionFloor], config });
  await expect(judging).rejects.toThrow(
    `gke-version-floor: floor is "rapid", no version of GKE; write it as ${FLOOR}`,
  );
});

test("bears odd shapes", () => expectToBearOddShapes(gkeVersionFloor));
