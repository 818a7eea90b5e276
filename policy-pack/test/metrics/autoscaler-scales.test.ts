import { UNKNOWN } from "../support/unknown";
import { autoscalerScales } from "../../metrics/autoscaler-scales";
import { metric, provider } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsOf(autoscalerScales);

const NAME = "spec.metrics[0].pods.metric.name";
const target = { apiVersion: "apps/v1", kind: "Deployment", name: "vllm" };
const scaler = (spec: object = {}, name = "scaler"): Registered => ({
  type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  name,
  provider: "pulumi:providers:kubernetes::gke",
  inputs: {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name, namespace: "llm" },
    spec: { scaleTargetRef: target, minReplicas: 1, maxReplicas: 4, ...spec },
  },
});
const by = (name: unknown) => scaler({ metrics: [{ type: "Pods", pods: { metric: { name } } }] });
const KV_CACHE = "autoscaling.gke.io|kv-cache|kv-cache";
const release = { type: "kubernetes:helm.sh/v3:Release", name: "r", inputs: { namespace: "llm" } };

test.each<[string, readonly Registered[]]>([
  ["limits", [scaler()]],
  ["equal limits", [scaler({ minReplicas: 4 })]],
  ["the default minimum", [scaler({ minReplicas: null, maxReplicas: 1 })]],
  ["GKE's name of a metric", [metric, by(KV_CACHE)]],
  ["another metric", [by("requests_per_second")]],
  [
    "a metric whose name is not known yet",
    [changed(metric, "metadata.name", UNKNOWN), by(KV_CACHE)],
  ],
  ["metrics that are not known yet", [changed(metric, "spec.endpoints", UNKNOWN), by(KV_CACHE)]],
  ["two autoscalers", [scaler(), scaler({ scaleTargetRef: { ...target, name: "other" } }, "two")]],
  ["a target that is not known yet", [scaler(), scaler({ scaleTargetRef: UNKNOWN }, "two")]],
  ["malformed input", [scaler({ metrics: [null, 1, { pods: [] }], maxReplicas: "many" })]],
])("passes %s", async (_, resources) => {
  expect(await findings([provider, ...resources])).toEqual([]);
  expect(await findings([provider, ...resources], { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string]>([
  [
    "fewer pods at most than at least",
    [scaler({ minReplicas: 6 })],
    "spec.maxReplicas: is 4, which is less than minReplicas (6); set it to 6 or more",
  ],
  [
    "no pods at most",
    [scaler({ minReplicas: null, maxReplicas: 0 })],
    "spec.maxReplicas: is 0, which is less than its default (1); set it to 1 or more",
  ],
  [
    "no such AutoscalingMetric",
    [metric, by("autoscaling.gke.io|kv-cach|kv-cache")],
    `${NAME}: no AutoscalingMetric "kv-cach" is in its namespace; did you mean "kv-cache"?`,
  ],
  [
    "an AutoscalingMetric of another namespace",
    [changed(metric, "metadata.namespace", "other"), by(KV_CACHE)],
    `${NAME}: no AutoscalingMetric "kv-cache" is in its namespace; create it there`,
  ],
  [
    "no such metric in it",
    [metric, by("autoscaling.gke.io|kv-cache|queue")],
    `${NAME}: AutoscalingMetric "kv-cache" has no metric "queue"; export it there`,
  ],
  [
    "two autoscalers of the same pods",
    [scaler({}, "first"), scaler()],
    'spec.scaleTargetRef.name: Deployment "vllm" is scaled by first already, and scaler undoes ' +
      "that; give one autoscaler both metrics",
  ],
])("fails %s", async (_, resources, message) => {
  expect(await findings([provider, ...resources])).toEqual([["mandatory", "scaler", message]]);
});

test("advises where a release may make the metric", async () => {
  const there = { ...release, provider: "pulumi:providers:kubernetes::gke" };
  expect(await findings([provider, there, by(KV_CACHE)])).toEqual([
    [
      "advisory",
      "scaler",
      `${NAME}: cannot be judged, as Release r may bring what is not seen here: no AutoscalingMetric ` +
        '"kv-cache" is in its namespace; register the objects themselves to have them judged',
    ],
  ]);
});

test.each<[string, Registered]>([
  ["spec.minReplicas", scaler({ minReplicas: UNKNOWN })],
  ["spec.maxReplicas", scaler({ maxReplicas: UNKNOWN })],
  [NAME, by(UNKNOWN)],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings([provider, resource])).toEqual([["advisory", "scaler", pending(path)]]);
});
