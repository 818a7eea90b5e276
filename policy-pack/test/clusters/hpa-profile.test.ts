import { UNKNOWN } from "../support/unknown";
import { hpaProfile } from "../../clusters/hpa-profile";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  nodePool,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, remedied, unknownBut } from "../support/policies";

const PROFILE = "podAutoscaling.hpaProfile";
const FIX = 'set it to "PERFORMANCE"';
const consequence = "so GKE may send no metric of the pods to the load balancer";
const notSet = `${PROFILE}: is not set, ${consequence}; ${FIX}`;
const is = (given: string) => `${PROFILE}: is ${given}, ${consequence}; ${FIX}`;

test.each<[string, Registered]>([
  ["the profile", cluster],
  ["a cluster of Autopilot, which has it anyway", autopilot],
  ["a node pool", nodePool],
])("passes %s", async (_, resource) => {
  expect(await findings(hpaProfile, resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["no profile", changed(cluster, "podAutoscaling"), notSet],
  ["null for the profile", changed(cluster, PROFILE, null), notSet],
  ["a list", changed(cluster, "podAutoscaling", [{ hpaProfile: "PERFORMANCE" }]), notSet],
  ["another profile", changed(cluster, PROFILE, "NONE"), is('"NONE"')],
  ["small letters", changed(cluster, PROFILE, "performance"), is('"performance"')],
  [
    "another profile with Autopilot",
    changed(autopilot, "podAutoscaling", { hpaProfile: "NONE" }),
    is('"NONE"'),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(hpaProfile, resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = changed(cluster, PROFILE, "NONE");
  const known = { ...cluster, inputs: unknownBut(inputs, PROFILE) };
  expect(await findings(hpaProfile, known)).toEqual([["mandatory", is('"NONE"')]]);
});

test.each(["podAutoscaling", PROFILE])("advises where %s is not known yet", async (path) => {
  const resource = changed(cluster, path, UNKNOWN);
  expect(await findings(hpaProfile, resource)).toEqual([["advisory", pending(PROFILE)]]);
});

test("advises where it is not known whether Autopilot brings it", async () => {
  const inputs = { ...changed(cluster, "podAutoscaling").inputs, enableAutopilot: UNKNOWN };
  const message = pending("enableAutopilot");
  expect(await findings(hpaProfile, { ...cluster, inputs })).toEqual([["advisory", message]]);
  expect(await remedied({ ...cluster, inputs }, hpaProfile)).toBeUndefined();
});

test("mends it where it may", async () => {
  for (const broken of [changed(cluster, "podAutoscaling"), changed(cluster, PROFILE, "NONE")]) {
    expect(await remedied(broken, hpaProfile)).toEqual(cluster.inputs);
  }
});

test.each<[string, Registered]>([
  ["right", cluster],
  ["Autopilot's to decide", autopilot],
  ["not known yet", changed(cluster, PROFILE, UNKNOWN)],
  ["of another type", nodePool],
])("leaves alone what is %s", async (_, resource) => {
  expect(await remedied(resource, hpaProfile)).toBeUndefined();
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(hpaProfile));
