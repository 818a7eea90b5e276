import { UNKNOWN } from "../support/unknown";
import { chartValues } from "../../picker/chart-values";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const MONITORING = "values.inferenceExtension.monitoring";
const FLAGS = "values.inferenceExtension.flags";
const IMAGE = "values.inferenceExtension.image";

const release: Registered = {
  type: "kubernetes:helm.sh/v3:Release",
  name: "llm",
  inputs: {
    chart: "oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool",
    version: "v1.5.0",
    values: {
      inferencePool: { modelServers: { matchLabels: { app: "llm" } } },
      inferenceExtension: { monitoring: { prometheus: { enabled: true } }, flags: { v: 1 } },
      provider: { name: "gke" },
    },
  },
};

const noLabels =
  "values.inferencePool.modelServers.matchLabels: is not set, and without it the chart does not " +
  "render; set it to the labels of the model servers' pods";
const noProvider =
  'values.provider.name: is not set, so it is "none", and the chart leaves out what GKE reads ' +
  'metrics by; set it to "gke"';

const findings = findingsIn(chartValues);

function version(text: unknown, resource = release): Registered {
  return changed(resource, "version", text);
}

test.each<[string, Registered]>([
  ["good values", release],
  ["another chart", changed(changed(release, "chart", "nginx"), "values")],
  ["the provider in capitals", changed(release, "values.provider.name", "GKE")],
  ["a dead value that is off", changed(release, `${MONITORING}.gke`, { enabled: false })],
  ["an empty list of objectives", changed(release, "values.inferenceObjectives", [])],
  ["vLLM by name", changed(release, "values.inferencePool.modelServerType", "vllm")],
  [
    "SGLang behind the latency predictor",
    changed(
      changed(release, "values.inferenceExtension.latencyPredictor", { enabled: true }),
      "values.inferencePool.modelServerType",
      "sglang",
    ),
  ],
  [
    "the old monitoring in an old chart",
    version("v1.2.1", changed(release, `${MONITORING}.gke`, { enabled: true })),
  ],
  [
    "the old image in an old chart",
    version("v1.4.0", changed(release, IMAGE, { hub: "h", name: "epp" })),
  ],
  [
    "the old port in an old chart",
    version("v1.4.0", changed(release, "values.inferencePool.targetPortNumber", 8000)),
  ],
  [
    "a list of flags in the first chart",
    version("v1.1.0", changed(release, FLAGS, [{ name: "v", value: 1 }])),
  ],
  [
    "no values but a file",
    {
      ...changed(release, "values"),
      inputs: { ...changed(release, "values").inputs, valueYamlFiles: [{}] },
    },
  ],
  ["what no version can be told of", version("^1.0.0", changed(release, IMAGE, { hub: "h" }))],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  [
    "monitoring.gke",
    changed(release, `${MONITORING}.gke`, { enabled: true }),
    `${MONITORING}.gke.enabled: the chart has no such value from v1.3.0 on, so the endpoint ` +
      "picker's metrics are not read; set inferenceExtension.monitoring.prometheus.enabled in its " +
      "place",
  ],
  [
    "targetPortNumber",
    changed(release, "values.inferencePool.targetPortNumber", 9000),
    "values.inferencePool.targetPortNumber: the chart has no such value from v1.5.0 on, so the " +
      "pool and its health check stay at targetPorts; set inferencePool.targetPorts in its place",
  ],
  [
    "objectives",
    changed(release, "values.inferenceObjectives", [{ name: "chat", priority: 1 }]),
    "values.inferenceObjectives: chart v1.5.0 does not render with any (nil pointer in its " +
      "template); register InferenceObjectives beside the chart",
  ],
  [
    "objectives before there were any",
    version("v1.4.0", changed(release, "values.inferenceObjectives", [{ name: "chat" }])),
    "values.inferenceObjectives: the chart has no such value before v1.5.0, so there are no " +
      "objectives; register InferenceObjectives beside the chart",
  ],
  [
    "a list of flags",
    changed(release, FLAGS, [{ name: "v", value: 1 }]),
    `${FLAGS}: is a list, of which the chart from v1.2.0 on makes flags --0, --1 and so on; ` +
      "write an object of flags and their values",
  ],
  [
    "an object of flags in the first chart",
    version("1.1.0"),
    `${FLAGS}: is an object, with which the chart before v1.2.0 does not render; ` +
      "write a list of { name, value }",
  ],
  [
    "the old image",
    changed(release, IMAGE, { hub: "example.com" }),
    `${IMAGE}.hub: the chart has no such value from v1.5.0 on, so the image comes from ` +
      "registry.k8s.io; set image.registry and image.repository in its place",
  ],
  [
    "the old image's name",
    changed(release, IMAGE, { name: "epp" }),
    `${IMAGE}.name: the chart has no such value from v1.5.0 on, so the image comes from ` +
      "registry.k8s.io; set image.registry and image.repository in its place",
  ],
  [
    "the new image in an old chart",
    version("v1.4.0", changed(release, IMAGE, { registry: "example.com" })),
    `${IMAGE}.registry: the chart has no such value before v1.5.0, so the image comes from ` +
      "registry.k8s.io; set image.hub and image.name in its place",
  ],
  [
    "failureMode in an old chart",
    version("v1.3.1", changed(release, "values.inferenceExtension.failureMode", "FailOpen")),
    "values.inferenceExtension.failureMode: a v1 pool does not get it from the chart before " +
      "v1.4.0, so it fails closed; use chart v1.4.0 or newer",
  ],
  [
    "SGLang",
    changed(release, "values.inferencePool.modelServerType", "sglang"),
    "values.inferencePool.modelServerType: the chart then sets " +
      "--kv-cache-usage-percentage-metric, at which its endpoint picker exits at once; set it to " +
      '"vllm", and say what serves by the pods\' label ' +
      "inference.networking.k8s.io/engine-type (endpoint picker v1.5.0)",
  ],
  [
    "istio at the top",
    changed(release, "values.istio", { destinationRule: { host: "h" } }),
    "values.istio: the chart has no such value from v1.4.0 on; remove it; settings for Istio " +
      "are at provider.istio",
  ],
  [
    "a flag that is refused",
    changed(release, FLAGS, { "lora-info-metric": "vllm:lora_requests_info" }),
    `${FLAGS}["lora-info-metric"]: the endpoint picker from v1.4.0 on exits at once where it is ` +
      "set; remove it; name another metric in engineConfigs of pluginsCustomConfig",
  ],
  [
    "a flag that is switched off",
    changed(release, FLAGS, { "secure-serving": false }),
    `${FLAGS}["secure-serving"]: the chart writes it as an argument of its own, and the flag ` +
      "alone means on; leave the flag out",
  ],
  [
    "the same in a list",
    version("v1.1.0", changed(release, FLAGS, [{ name: "secure-serving", value: "false" }])),
    `${FLAGS}[0].value: the chart writes it as an argument of its own, and the flag ` +
      "alone means on; leave the flag out",
  ],
  ["no labels", changed(release, "values.inferencePool.modelServers"), noLabels],
  ["empty labels", changed(release, "values.inferencePool.modelServers.matchLabels", {}), noLabels],
  ["no provider", changed(release, "values.provider"), noProvider],
  [
    "another provider",
    changed(release, "values.provider.name", "istio"),
    'values.provider.name: is "istio", and the chart leaves out what GKE reads metrics by; ' +
      'set it to "gke"',
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test.each([undefined, null, [], "values"])("takes %p for no values", async (values) => {
  const expected = [noLabels, noProvider].map((message) => ["mandatory", message]);
  expect(await findings(changed(release, "values", values))).toEqual(expected);
});

test.each(["kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"])(
  "judges a %s",
  async (type) => {
    const chart = { ...changed(release, "values.provider"), type };
    expect(await findings(chart)).toEqual([["mandatory", noProvider]]);
    expect(await findings({ ...chart, inputs: {} })).toEqual([]);
  },
);

test("judges what it can where the version is not known yet", async () => {
  const hidden = version(UNKNOWN, changed(release, "values.provider"));
  expect(await findings(changed(hidden, `${FLAGS}`, UNKNOWN))).toEqual([["mandatory", noProvider]]);
});

test.each([
  ["all values", "values"],
  ["the labels", "values.inferencePool.modelServers.matchLabels"],
  ["the provider", "values.provider.name"],
])("advises where %s is not known yet", async (_, path) => {
  expect(await findings(changed(release, path, UNKNOWN))).toEqual([["advisory", pending(path)]]);
});
