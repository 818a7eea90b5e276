import { UNKNOWN } from "../support/unknown";
import { pickerHighlyAvailable } from "../../picker/picker-highly-available";
import { picker } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies, unknownBut } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const ARGS_PATH = "spec.template.spec.containers[0].args";
const ELECTION = "--ha-enable-leader-election";
const unled = `2 pickers without ${ELECTION} do not know of each other's choices; add "${ELECTION}"`;

async function findings(resource: Registered, options: RunOptions = {}) {
  const policies = [pickerHighlyAvailable];
  const violations = await runPolicies([resource], { policies, ...options });
  expect(violations.every(({ level }) => level === "advisory")).toBe(true);
  return violations.map(({ message }) => message);
}

const alone = (given: string, stack = "prod") =>
  `spec.replicas: ${given} in the production stack ${stack}, so there is no standby; set it to ` +
  `2, with ${ELECTION}`;

function several(...flags: string[]): Registered {
  const args = ["--pool-name", "llm", ...flags, "--v", "1"];
  return changed(changed(picker, "spec.replicas", 2), `${CONTAINER}.args`, args);
}

test.each<[string, Registered]>([
  ["two that elect a leader", several(ELECTION)],
  ["two, the flag with a value", several(`${ELECTION}=true`)],
  [
    "another Deployment",
    changed(changed(picker, `${CONTAINER}.image`, "nginx"), `${CONTAINER}.args`),
  ],
  ["no containers", changed(picker, "spec.template")],
  ["a patch", { ...changed(picker, "spec.replicas"), type: "kubernetes:apps/v1:DeploymentPatch" }],
])("passes %s in production", async (_, resource) => {
  expect(await findings(resource, { stack: "prod" })).toEqual([]);
});

test.each([1, 0])("passes %s outside production", async (replicas) => {
  expect(await findings(changed(picker, "spec.replicas", replicas))).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["one", picker, alone("is 1")],
  ["none said", changed(picker, "spec.replicas"), alone("is not set, so it is 1")],
  ["a text", changed(picker, "spec.replicas", "many"), alone('is "many"')],
])("finds %s in production", async (_, resource, message) => {
  expect(await findings(resource, { stack: "prod" })).toEqual([message]);
});

test.each<[string, Registered, string]>([
  ["no election", several(), `${ARGS_PATH}: ${unled}`],
  ["one switched off", several(`${ELECTION}=false`), `${ARGS_PATH}[2]: ${unled}`],
  [
    "no arguments",
    changed(
      changed(several(), `${CONTAINER}.args`),
      `${CONTAINER}.image`,
      "ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0",
    ),
    `${ARGS_PATH}: ${unled}`,
  ],
])("finds two with %s in any stack", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([message]);
  expect(await findings(resource, { stack: "prod" })).toEqual([message]);
});

test("knows production by the configured names", async () => {
  const config = { [pickerHighlyAvailable.name]: { productionStacks: ["live"] } };
  expect(await findings(picker, { config, stack: "live" })).toEqual([alone("is 1", "live")]);
  expect(await findings(picker, { config, stack: "prod" })).toEqual([]);
});

test("judges among siblings that are not known yet", async () => {
  const known = ["kind", "apiVersion", "spec.replicas", `${CONTAINER}.image`];
  const hidden = { ...picker, inputs: unknownBut(picker.inputs, ...known) };
  expect(await findings(hidden, { stack: "prod" })).toEqual([alone("is 1")]);
});

test.each<[string, Registered, string]>([
  ["the number", changed(picker, "spec.replicas", UNKNOWN), "spec.replicas"],
  ["the command line", changed(several(), `${CONTAINER}.args`, UNKNOWN), ARGS_PATH],
])("advises where %s is not known yet", async (_, resource, path) => {
  expect(await findings(resource, { stack: "prod" })).toEqual([pending(path)]);
});
