import { UNKNOWN } from "../support/unknown";
import { selectorMatchesPods } from "../../pods/selector-matches-pods";
import { pending } from "../fixtures/messages";
import { object } from "../fixtures/objects";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsIn(selectorMatchesPods);

const workload = (matchLabels: unknown, labels: unknown, type = "apps/v1:Deployment") => {
  const spec = { selector: { matchLabels }, template: { metadata: { labels } } };
  const { type: token, name, inputs } = object(type, "server", { spec });
  return { type: token, name, inputs };
};
const SELECTED = "spec.selector.matchLabels.app";
const LABEL = "spec.template.metadata.labels.app";
const differs = (given: string) =>
  `${SELECTED}: is "a", but the pods ${given}; write the same in ${LABEL}`;

test.each<[string, Registered]>([
  ["its own labels", workload({ app: "a" }, { app: "a", tier: "gpu" })],
  ["no labels", workload(null, { app: "a" })],
  ["labels that are not known yet, both", workload({ app: UNKNOWN }, { app: UNKNOWN })],
  ["a Service", workload({ app: "a" }, { app: "b" }, "core/v1:Service")],
  [
    "a patch",
    { ...workload({ app: "a" }, { app: "b" }), type: "kubernetes:apps/v1:DeploymentPatch" },
  ],
  ["malformed input", workload([1], "a")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["another value", workload({ app: "a" }, { app: "b" }), differs("have app=b")],
  ["no such label", workload({ app: "a" }, { tier: "a" }), differs("have no label app")],
  ["no labels at all", workload({ app: "a" }, null), differs("have no label app")],
  [
    "the same of a StatefulSet",
    workload({ app: "a" }, { app: "b" }, "apps/v1:StatefulSet"),
    differs("have app=b"),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test.each<[string, Registered]>([
  [SELECTED, workload({ app: UNKNOWN }, { app: "a" })],
  [LABEL, workload({ app: "a" }, { app: UNKNOWN })],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});
