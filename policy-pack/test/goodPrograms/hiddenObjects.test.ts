import { runPolicies } from "../support/policies";

import { PROVIDER } from "./parts/site";
import { program } from "./program";

const whole = program();
const objects = whole.filter(({ type }) => type.startsWith("kubernetes:"));

/** Each object of the program, taken away; it may be in what the carrier brings. */
const cases = objects.map(({ name, provider = "" }) => [name, provider] as const);

async function levelsWithout(name: string, carriers: Parameters<typeof runPolicies>[0]) {
  const left = whole.filter((each) => each.name !== name);
  const found = await runPolicies([...left, ...carriers], { firstPreview: true });
  return found.map(({ level, message }) => [level, message] as const);
}

test.each(cases)("%s may be in a file that is not rendered yet", async (name) => {
  const file = { type: "kubernetes:yaml/v2:ConfigFile", name: "objects", inputs: {} };
  const found = await levelsWithout(name, [file]);
  expect(found.filter(([level]) => level === "mandatory")).toEqual([]);
});

test.each(cases)("%s may be in a release in its namespace", async (name, provider) => {
  const inputs = { chart: "all", namespace: "chat" };
  const release = { type: "kubernetes:helm.sh/v3:Release", name: "all", provider, inputs };
  const found = await levelsWithout(name, [release]);
  const inBoth = found.filter(([level]) => level === "mandatory").map(([, message]) => message);
  // A pool that is lacking here is looked for in the other cluster, too.
  expect(inBoth).toEqual([]);
});

test("what a file hides is advice, and what is not hidden is refused", async () => {
  const name = "ams-autoscalingmetric-cache";
  const inputs = { chart: "all", namespace: "chat" };
  const type = "kubernetes:helm.sh/v3:Release";
  const release = (cluster: string, namespace = "chat") => ({
    type,
    name: "metrics",
    provider: `${PROVIDER}::${cluster}`,
    inputs: { ...inputs, namespace },
  });
  const problem = "no AutoscalingMetric in namespace chat of cluster ams exports cache";
  const at = "spec.default.customMetrics[0].name";
  const hidden =
    `${at}: cannot be judged, as Release metrics may bring what is not seen here: ${problem}; ` +
    "register the objects themselves to have them judged";
  expect(await levelsWithout(name, [release("ams")])).toEqual([["advisory", hidden]]);
  const refused = [["mandatory", `${at}: ${problem}; export it there`]];
  expect(await levelsWithout(name, [release("ord")])).toEqual(refused);
  expect(await levelsWithout(name, [release("ams", "other")])).toEqual(refused);
  expect(await levelsWithout(name, [])).toEqual(refused);
});

test("a component with objects hides nothing, also beside one without", async () => {
  const type = "kubernetes:yaml/v2:ConfigGroup";
  const component = (name: string) => ({ type, name, inputs: {} });
  const child = {
    type: `${type}$kubernetes:core/v1:ConfigMap`,
    name: "app:chat/settings",
    provider: `${PROVIDER}::ams`,
    inputs: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "s", namespace: "chat" } },
  };
  const name = "ams-autoscalingmetric-cache";
  const levels = async (...carriers: Parameters<typeof runPolicies>[0]) => {
    return (await levelsWithout(name, carriers)).map(([level]) => level);
  };
  expect(await levels(component("app"), child)).toEqual(["mandatory"]);
  expect(await levels(component("app"), component("late"), child)).toEqual(["advisory"]);
});
