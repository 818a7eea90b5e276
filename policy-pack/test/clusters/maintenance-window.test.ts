import { UNKNOWN } from "../support/unknown";
import { maintenanceWindow } from "../../clusters/maintenance-window";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  nodePool,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, unknownBut } from "../support/policies";

const prod: RunOptions = { stack: "prod" };
const POLICY = "maintenancePolicy";
const consequence = "so GKE upgrades the cluster at any hour of any day; set its recurringWindow";
const notSet = `${POLICY}: is not set, ${consequence}`;
const noWindow = `${POLICY}: has no window, ${consequence}`;
const exclusions = { maintenanceExclusions: [{ exclusionName: "sale" }] };

test.each<[string, Registered]>([
  ["a window that comes back", cluster],
  ["a daily one", changed(cluster, POLICY, { dailyMaintenanceWindow: { startTime: "02:00" } })],
  [
    "one by the newer field",
    changed(cluster, POLICY, { recurringMaintenanceWindow: { recurrence: "FREQ=DAILY" } }),
  ],
  [
    "one with exclusions that are not known yet",
    changed(cluster, `${POLICY}.maintenanceExclusions`, UNKNOWN),
  ],
  [
    "one whose hour is not known yet",
    changed(cluster, `${POLICY}.recurringWindow.startTime`, UNKNOWN),
  ],
  ["a node pool", nodePool],
])("passes %s", async (_, resource) => {
  expect(await findings(maintenanceWindow, resource, prod)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["nothing said", changed(cluster, POLICY), notSet],
  ["nothing said to Autopilot", autopilot, notSet],
  ["exclusions only", changed(cluster, POLICY, exclusions), noWindow],
  ["an empty window", changed(cluster, POLICY, { recurringWindow: {} }), noWindow],
  ["a text for a window", changed(cluster, POLICY, { dailyMaintenanceWindow: "02:00" }), noWindow],
  ["a list for the policy", changed(cluster, POLICY, [{}]), noWindow],
])("advises against %s", async (_, resource, message) => {
  expect(await findings(maintenanceWindow, resource, prod)).toEqual([["advisory", message]]);
});

test("is silent outside production", async () => {
  expect(await findings(maintenanceWindow, changed(cluster, POLICY))).toEqual([]);
});

test("knows production by the configured names", async () => {
  const config = { [maintenanceWindow.name]: { productionStacks: ["live"] } };
  const none = changed(cluster, POLICY);
  expect(await findings(maintenanceWindow, none, { config, stack: "prod" })).toEqual([]);
  const inLive = await findings(maintenanceWindow, none, { config, stack: "live" });
  expect(inLive).toEqual([["advisory", notSet]]);
});

test("judges among siblings that are not known yet", async () => {
  const inputs = unknownBut(changed(cluster, POLICY, { recurringWindow: {} }).inputs, POLICY);
  const known = { ...cluster, inputs: { ...inputs, [POLICY]: {} } };
  expect(await findings(maintenanceWindow, known, prod)).toEqual([["advisory", noWindow]]);
});

test.each<[string, Registered, string]>([
  ["the policy", changed(cluster, POLICY, UNKNOWN), POLICY],
  [
    "the window",
    changed(cluster, `${POLICY}.recurringWindow`, UNKNOWN),
    `${POLICY}.recurringWindow`,
  ],
])("says where %s is not known yet", async (_, resource, path) => {
  const expected = [["advisory", pending(path)]];
  expect(await findings(maintenanceWindow, resource, prod)).toEqual(expected);
});

test("judges malformed input without crashing", () =>
  expectToJudgeMalformed(maintenanceWindow, prod));
