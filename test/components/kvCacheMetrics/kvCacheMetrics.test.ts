import * as fc from "fast-check";

import { KvCacheMetrics, type KvCacheMetricsArgs } from "../../../components/kvCacheMetrics";
import { register } from "../../support/components";
import { find } from "../../../rehearsal/stage/registrations";

const METRIC = "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric::gke-west-metric";
const MONITORING = "kubernetes:monitoring.googleapis.com/v1:PodMonitoring::gke-west-monitoring";
const COMPONENT = "inference-gateway:index:KvCacheMetrics::gke-west";
const A = "1.34.1-gke.1127000";
const BEFORE_B = "1.35.1-gke.1395999";
const B = "1.35.1-gke.1396000";

const ARGS: KvCacheMetricsArgs = {
  namespace: "inference",
  podLabels: { app: "llama" },
  port: 8000,
  engineVersion: "v0.18.1",
  gkeVersion: B,
  releaseChannel: "REGULAR",
};

function metrics(over: Partial<KvCacheMetricsArgs> = {}) {
  return register(() => new KvCacheMetrics("gke-west", { ...ARGS, ...over }));
}

async function specOf(over: Partial<KvCacheMetricsArgs>): Promise<unknown> {
  return find(await metrics(over), METRIC).inputs.spec;
}

test("a cluster has the metric and its monitoring, and tells the load balancer's name of it", async () => {
  const { registrations, component } = await metrics();
  expect(registrations.map(({ id }) => id).sort()).toEqual([COMPONENT, METRIC, MONITORING]);
  expect(component.metricName).toBe("gke.named_metrics.kv-cache");
});

test.each([A, BEFORE_B, "1.34"])("shape A with GKE %s", async (gkeVersion) => {
  expect(find(await metrics({ gkeVersion }), METRIC).inputs).toEqual({
    apiVersion: "autoscaling.gke.io/v1beta1",
    kind: "AutoscalingMetric",
    metadata: { name: "kv-cache", namespace: "inference" },
    spec: {
      selector: { matchLabels: { app: "llama" } },
      endpoints: [
        {
          port: 8000,
          path: "/metrics",
          metrics: [{ name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" }],
        },
      ],
    },
  });
});

test.each([
  [B, "STABLE"],
  ["1.35", "STABLE"],
  [undefined, "REGULAR"],
] as const)("shape B with GKE %s of channel %s", async (gkeVersion, releaseChannel) => {
  expect(find(await metrics({ gkeVersion, releaseChannel }), METRIC).inputs).toEqual({
    apiVersion: "autoscaling.gke.io/v1beta1",
    kind: "AutoscalingMetric",
    metadata: { name: "kv-cache", namespace: "inference" },
    spec: {
      metrics: [
        {
          pod: {
            selector: { matchLabels: { app: "llama" } },
            containers: [
              {
                endpoint: { port: 8000, path: "/metrics" },
                metrics: [
                  {
                    gauge: {
                      name: "kv-cache",
                      prometheusMetricName: "vllm:kv_cache_usage_perc",
                      loadBalancing: { enabled: true },
                    },
                  },
                ],
              },
            ],
          },
        },
      ],
    },
  });
});

test("managed Prometheus reads the model servers, in either shape", async () => {
  for (const gkeVersion of [A, B]) {
    const made = await metrics({ gkeVersion, port: 30000, path: "/m" });
    expect(find(made, MONITORING).inputs).toEqual({
      apiVersion: "monitoring.googleapis.com/v1",
      kind: "PodMonitoring",
      metadata: { name: "model-server", namespace: "inference" },
      spec: {
        selector: { matchLabels: { app: "llama" } },
        endpoints: [{ port: 30000, path: "/m", interval: "15s" }],
      },
    });
  }
});

test.each([
  ["vllm", "v0.10.1", "vllm:gpu_cache_usage_perc"],
  ["vllm", "v0.10.2", "vllm:kv_cache_usage_perc"],
  ["sglang", "v0.5.6", "sglang:token_usage"],
] as const)("%s %s reports %s", async (engine, engineVersion, gauge) => {
  expect(await specOf({ engine, engineVersion, gkeVersion: A })).toMatchObject({
    endpoints: [{ metrics: [{ name: gauge, exportName: "kv-cache" }] }],
  });
});

const queue = { gauge: "vllm:queue_share", exportedName: "queue" };

test("more gauges are in the same object", async () => {
  expect(await specOf({ moreGauges: [queue], gkeVersion: A })).toMatchObject({
    endpoints: [
      {
        metrics: [
          { name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" },
          { name: "vllm:queue_share", exportName: "queue" },
        ],
      },
    ],
  });
  expect(await specOf({ moreGauges: [queue] })).toMatchObject({
    metrics: [
      { pod: { containers: [{ metrics: [{ gauge: {} }, { gauge: { name: "queue" } }] }] } },
    ],
  });
});

describe("what GKE would leave out without a word is refused", () => {
  const gauges = (count: number, length = 6) =>
    Array.from({ length: count }, (_, i) => ({
      gauge: "vllm:x",
      exportedName: `g${i}`.padEnd(length, "x"),
    }));
  const refused = (over: Partial<KvCacheMetricsArgs>) =>
    metrics(over).then(
      () => undefined,
      ({ message }: Error) => message,
    );
  const one = (problem: string) => `The metrics of gke-west have a problem:\n  ${problem}`;

  test.each([
    [
      "an eleventh metric in shape A",
      { gkeVersion: A, moreGauges: gauges(10) },
      `moreGauges: got 11 metrics with the KV cache's own; allowed: at most 10 with GKE ${A}`,
    ],
    [
      "a twenty-first in shape B",
      { moreGauges: gauges(20) },
      `moreGauges: got 21 metrics with the KV cache's own; allowed: at most 20 with GKE ${B}`,
    ],
    [
      "a twenty-first where the channel decides the version",
      { gkeVersion: undefined, moreGauges: gauges(20) },
      "moreGauges: got 21 metrics with the KV cache's own; allowed: at most 20 with GKE of channel REGULAR",
    ],
    [
      "a label key with a domain",
      { podLabels: { app: "x", "app.kubernetes.io/name": "llama" } },
      'podLabels: got key "app.kubernetes.io/name"; allowed: letters, digits, - and _ only',
    ],
    ["no label", { podLabels: {} }, "podLabels: got none; allowed: one or more"],
    [
      "a name that is 64 characters with its prefix",
      { moreGauges: gauges(1, 46) },
      `exported name: got "g0${"x".repeat(44)}", 46 characters; allowed: at most 45, as gke.named_metrics. counts`,
    ],
    [
      "a name with an upper-case letter",
      { moreGauges: [{ ...queue, exportedName: "Queue" }] },
      'exported name: got "Queue"; allowed: lower-case letters, digits, -, _ and ., starting with a letter',
    ],
    [
      "a name that is there already",
      { moreGauges: [{ ...queue, exportedName: "kv-cache" }] },
      'exported name: got "kv-cache" more than once; allowed: a different name for each gauge',
    ],
    [
      "autoscaling before shape B",
      { gkeVersion: BEFORE_B, autoscaling: true },
      `autoscaling: got true with GKE ${BEFORE_B}; allowed from ${B} on: older versions export metrics to the load balancer only`,
    ],
    [
      "a version that is none",
      { gkeVersion: "1.35.1" },
      `gkeVersion: got "1.35.1"; allowed: a minor from 1.34 on, such as 1.36; a full version of the form x.y.z-gke.n, such as 1.36.4-gke.1391002; or nothing for the channel's default`,
    ],
  ])("%s", async (_what, over, problem) => {
    expect(await refused(over)).toBe(one(problem));
  });

  test.each([
    ["ten metrics in shape A", { gkeVersion: A, moreGauges: gauges(9) }],
    ["twenty in shape B", { moreGauges: gauges(19) }],
    ["letters, digits, - and _ in a label key", { podLabels: { "App-1_x": "llama" } }],
    ["a name of 63 characters with its prefix", { moreGauges: gauges(1, 45) }],
    ["autoscaling in shape B", { autoscaling: true }],
  ])("but not %s", async (_what, over) => {
    expect(await refused(over)).toBeUndefined();
  });

  test("all at once", async () => {
    const message = await refused({
      gkeVersion: A,
      moreGauges: gauges(10, 46),
      podLabels: { "a/b": "c" },
      autoscaling: true,
    });
    expect(message?.split("\n")[0]).toBe("The metrics of gke-west have 13 problems:");
    expect(message?.split("\n")).toHaveLength(14);
  });

  test("a version of the model server that is none", async () => {
    const message = '"latest" is not a version of vLLM; expected the form v0.18.1';
    expect(await refused({ engineVersion: "latest" })).toBe(message);
  });
});

test("whatever is let through keeps the limits of the load balancer's names", async () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,60}$/);
  await fc.assert(
    fc.asyncProperty(name, async (exportedName) => {
      const spec = await specOf({ moreGauges: [{ gauge: "x", exportedName }] }).catch(() => "");
      const legal = /^[a-z]([-_.:a-z0-9]*[a-z0-9])?$/.test(`gke.named_metrics.${exportedName}`);
      const fits = `gke.named_metrics.${exportedName}`.length <= 63;
      if (spec !== "") expect([legal, fits]).toEqual([true, true]);
    }),
    { numRuns: 30 },
  );
});
