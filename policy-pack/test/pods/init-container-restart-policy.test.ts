import { UNKNOWN } from "../support/unknown";
import { initContainerRestartPolicy } from "../../pods/init-container-restart-policy";
import { modelServer } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, remedied, unknownBut } from "../support/policies";

const LIST = "spec.template.spec.initContainers";
const FIX = 'write "Always" for a sidecar, otherwise leave it out';
const hangs = (given: string, place = `${LIST}[0]`) =>
  `${place}.restartPolicy: ${given} is refused from Kubernetes 1.35 on, and silently dropped ` +
  `before: the kubelet then waits for a sidecar to end, and the pod hangs in Init; ${FIX}`;
const misplaced = hangs('"IfNotPresent", a value of imagePullPolicy,');
const gated = (given: string) =>
  `${LIST}[0].restartPolicy: ${given} is silently dropped where the cluster lacks the ` +
  'feature gate ContainerRestartRules, on from Kubernetes 1.35; leave it out, write "Always" ' +
  "for a sidecar, or add it to setting allowed";

const findings = findingsIn(initContainerRestartPolicy);

const withInit = (...initContainers: unknown[]) => modelServer("server", "eu", { initContainers });
const syncer = (restartPolicy: unknown) => withInit({ name: "syncer", restartPolicy });

/** The same pod in an object of another kind, whose template is at these keys. */
function inKind(type: string, ...keys: string[]): Registered {
  const [, group = "", kind] = type.split(":");
  const apiVersion = group.replace("core/", "");
  const template: unknown = { spec: { initContainers: [{ restartPolicy: "IfNotPresent" }] } };
  const below = keys.reduceRight((inner, key) => ({ [key]: inner }), template) as object;
  return { type, name: "server", inputs: { apiVersion, kind, ...below } };
}

test.each<[string, Registered]>([
  ["no containers of this kind", modelServer("server", "eu")],
  ["one without a policy", withInit({ name: "pull" })],
  ["null for a policy", syncer(null)],
  ["a sidecar", syncer("Always")],
  ["a policy of the pod", modelServer("server", "eu", { restartPolicy: "IfNotPresent" })],
  ["an object for a list", modelServer("server", "eu", { initContainers: {} })],
  ["null for a container", withInit(null)],
  ["an object that runs no pods", changed(syncer("IfNotPresent"), "kind", "Service")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["the released manifest's value", syncer("IfNotPresent"), misplaced],
  ["another word", syncer("always"), hangs('"always"')],
  ["a boolean", syncer(true), hangs("true")],
  ["a value behind a gate", syncer("OnFailure"), gated('"OnFailure"')],
  ["the other value behind a gate", syncer("Never"), gated('"Never"')],
  [
    "the second container",
    withInit({ name: "pull" }, { restartPolicy: "IfNotPresent" }),
    misplaced.replace("[0]", "[1]"),
  ],
  ["a pod", inKind("kubernetes:core/v1:Pod"), misplaced.replace(LIST, "spec.initContainers")],
  [
    "a CronJob",
    inKind("kubernetes:batch/v1:CronJob", "spec", "jobTemplate", "spec", "template"),
    misplaced.replace(LIST, "spec.jobTemplate.spec.template.spec.initContainers"),
  ],
  [
    "the leader of a LeaderWorkerSet",
    inKind(
      "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
      "spec",
      "leaderWorkerTemplate",
      "leaderTemplate",
    ),
    misplaced.replace(LIST, "spec.leaderWorkerTemplate.leaderTemplate.spec.initContainers"),
  ],
  ["a patch", { ...syncer("IfNotPresent"), type: "kubernetes:apps/v1:DeploymentPatch" }, misplaced],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const resource = syncer("IfNotPresent");
  const inputs = {
    ...unknownBut(resource.inputs, `${LIST}.0.restartPolicy`),
    apiVersion: "apps/v1",
    kind: "Deployment",
  };
  expect(await findings({ ...resource, inputs })).toEqual([["mandatory", misplaced]]);
});

test.each([
  [LIST, modelServer("server", "eu", { initContainers: UNKNOWN })],
  [LIST, changed(modelServer("server", "eu"), "spec", UNKNOWN)],
  [`${LIST}[0].restartPolicy`, withInit(UNKNOWN)],
  [`${LIST}[0].restartPolicy`, syncer(UNKNOWN)],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});

test("takes further values where the clusters do", async () => {
  const config = { [initContainerRestartPolicy.name]: { allowed: ["Always", "OnFailure"] } };
  expect(await findings(syncer("OnFailure"), { config })).toEqual([]);
  expect(await findings(syncer("Never"), { config })).toEqual([["mandatory", gated('"Never"')]]);
});

test("mends the value that stands in the place of another field", async () => {
  expect(await remedied(syncer("IfNotPresent"), initContainerRestartPolicy)).toEqual(
    syncer("Always").inputs,
  );
});

test.each(["Always", "OnFailure", "always", undefined, UNKNOWN])(
  "leaves %s alone",
  async (given) => {
    expect(await remedied(syncer(given), initContainerRestartPolicy)).toBeUndefined();
  },
);
