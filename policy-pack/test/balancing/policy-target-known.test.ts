import { UNKNOWN } from "../support/unknown";
import { policyTargetKnown } from "../../balancing/policy-target-known";
import { pending } from "../fixtures/messages";
import {
  asGenerated,
  backendPolicy,
  changed,
  gateway,
  goodStack,
  healthCheck,
} from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, runPolicies, unknownBut } from "../support/policies";

const TARGET = "spec.targetRef";
const KIND = `${TARGET}.kind`;
const GROUP = `${TARGET}.group`;

const findings = findingsIn(policyTargetKnown);

const patch = (resource: Registered) => ({ ...resource, type: `${resource.type}Patch` });
const nothing = (given: string, fix: string) =>
  `${KIND}: ${given} is not a kind that such a policy attaches to; ${fix}`;
const ALL =
  "write one of GCPInferencePoolImport, InferencePool, ServiceImport, ServiceExport, Service";
const notSet = (path: string) =>
  `${path}: is not set, so the policy attaches to nothing; write that of the backend, such as a ` +
  "GCPInferencePoolImport";

describe.each([
  ["GCPBackendPolicy", backendPolicy],
  ["HealthCheckPolicy", healthCheck],
  ["patch of a GCPBackendPolicy", patch(backendPolicy)],
  ["HealthCheckPolicy of a generated class", asGenerated(healthCheck)],
])("a %s", (_, policy) => {
  test.each([
    ["networking.gke.io", "GCPInferencePoolImport"],
    ["inference.networking.k8s.io", "InferencePool"],
    ["inference.networking.x-k8s.io", "InferencePool"],
    ["net.gke.io", "ServiceImport"],
    ["", "Service"],
  ])("is for %s/%s", async (group, kind) => {
    expect(await findings(changed(policy, TARGET, { group, kind, name: "llm" }))).toEqual([]);
  });

  test.each<[unknown, unknown, string]>([
    [
      "networking.gke.io",
      "GCPInferencePoolImports",
      nothing('"GCPInferencePoolImports"', "did you mean GCPInferencePoolImport?"),
    ],
    [
      "networking.gke.io",
      "gcpinferencepoolimport",
      nothing('"gcpinferencepoolimport"', "did you mean GCPInferencePoolImport?"),
    ],
    ["gateway.networking.k8s.io", "Gateway", nothing('"Gateway"', ALL)],
    ["networking.gke.io", 5, nothing("5", ALL)],
    ["networking.gke.io", "constructor", nothing('"constructor"', ALL)],
    [
      "inference.networking.k8s.io",
      "GCPInferencePoolImport",
      `${GROUP}: "inference.networking.k8s.io" has no GCPInferencePoolImport; write "networking.gke.io"`,
    ],
    ["core", "Service", `${GROUP}: "core" has no Service; write ""`],
    [7, "ServiceImport", `${GROUP}: 7 has no ServiceImport; write "net.gke.io"`],
    [
      UNKNOWN,
      "GCPInferencePoolImports",
      nothing('"GCPInferencePoolImports"', "did you mean GCPInferencePoolImport?"),
    ],
  ])("is not for %s/%s", async (group, kind, message) => {
    const broken = changed(policy, TARGET, { group, kind, name: UNKNOWN });
    expect(await findings(broken)).toEqual([["mandatory", message]]);
    const alone = {
      ...broken,
      inputs: unknownBut(broken.inputs, "apiVersion", "kind", KIND, GROUP),
    };
    expect(await findings(alone)).toEqual([["mandatory", message]]);
  });

  test.each([
    [TARGET, TARGET],
    [KIND, KIND],
    [GROUP, GROUP],
    ["spec", TARGET],
  ])("advises where %s is not known yet", async (path, place) => {
    expect(await findings(changed(policy, path, UNKNOWN))).toEqual([["advisory", pending(place)]]);
  });
});

test.each<[string, Registered, string]>([
  ["no kind", changed(healthCheck, KIND), KIND],
  ["null for a kind", changed(healthCheck, KIND, null), KIND],
  ["no group", changed(healthCheck, GROUP), GROUP],
  ["no target", changed(healthCheck, TARGET), KIND],
  ["a list for a target", changed(healthCheck, TARGET, []), KIND],
  ["no spec", changed(healthCheck, "spec"), KIND],
])("fails a health check with %s", async (_, check, path) => {
  expect(await findings(check)).toEqual([["mandatory", notSet(path)]]);
});

test.each<[string, Registered]>([
  ["a GCPBackendPolicy without a kind, which another policy judges", changed(backendPolicy, KIND)],
  ["a patch that does not say", patch(changed(healthCheck, TARGET))],
  ["another object", gateway],
])("is silent about %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test("passes the good stack", async () => {
  const policies = [policyTargetKnown];
  expect(await runPolicies(goodStack, { policies, firstPreview: true })).toEqual([]);
});
