import { UNKNOWN } from "../support/unknown";
import { poolVisible } from "../../picker/pool-visible";
import { type Registered, runPolicies } from "../support/policies";

const OCI = "oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool";
const MESSAGE =
  "chart: no preview and no policy sees the objects of a Release, or exports its pool; " +
  "install it by helm.v4.Chart, with a transform, or register the objects themselves";

async function findings(type: string, inputs: object) {
  const resource: Registered = { type, name: "llm", inputs };
  const violations = await runPolicies([resource], { policies: [poolVisible] });
  return violations.map(({ level, message }) => [level, message]);
}

test.each([
  ["a Chart", "kubernetes:helm.sh/v4:Chart", { chart: OCI }],
  ["an older Chart", "kubernetes:helm.sh/v3:Chart", { chart: "inferencepool" }],
  ["a Release of another chart", "kubernetes:helm.sh/v3:Release", { chart: "nginx" }],
  [
    "a chart whose name only ends so",
    "kubernetes:helm.sh/v3:Release",
    { chart: "my-inferencepool" },
  ],
  ["a chart that is not known yet", "kubernetes:helm.sh/v3:Release", { chart: UNKNOWN }],
  ["a list for the chart", "kubernetes:helm.sh/v3:Release", { chart: [OCI] }],
  ["no chart", "kubernetes:helm.sh/v3:Release", {}],
])("passes %s", async (_, type, inputs) => {
  expect(await findings(type, inputs)).toEqual([]);
});

test.each([
  OCI,
  `${OCI}:v1.5.0`,
  `${OCI}@sha256:0`,
  "inferencepool",
  "./charts/inferencepool/",
  "https://example.com/charts/inferencepool-v1.5.0.tgz",
  "oci://ghcr.io/llm-d/charts/llm-d-router-gateway",
])("fails a Release of %s", async (chart) => {
  const inputs = { chart, version: UNKNOWN, values: UNKNOWN };
  expect(await findings("kubernetes:helm.sh/v3:Release", inputs)).toEqual([["mandatory", MESSAGE]]);
});
