import { PodValues } from "../../../../emulator/gke/customMetrics/podValues";
import type { Endpoint, Gauge } from "../../../../emulator/gke/forwarding";
import type { KubeObject } from "../../../../emulator/kube/objects";
import type { ClusterSpec } from "../../../../emulator/gke/gke";
import { clusterSpec, FakeCluster, modelPod, object } from "../support/world";

const KV_CACHE = "autoscaling.gke.io|kv|kv-cache";
const USAGE = "vllm:kv_cache_usage_perc";
const LABELS = { app: "vllm" };

/** Readable by horizontal autoscaling. */
function podsShape(
  key = "default/kv",
  labels: Record<string, string> = LABELS,
  names = ["kv-cache"],
) {
  const metrics = names.map((name) => ({ gauge: { name, prometheusMetricName: USAGE } }));
  const containers = [{ endpoint: { port: 8000 }, metrics }];
  const pod = { selector: { matchLabels: labels }, containers };
  return object("AutoscalingMetric", key, { spec: { metrics: [{ pod }] } });
}

function endpointsShape() {
  const metrics = [{ name: USAGE, exportName: "kv-cache" }];
  return object("AutoscalingMetric", "default/kv", {
    spec: { selector: { matchLabels: LABELS }, endpoints: [{ port: 8000, metrics }] },
  });
}

function pod(name: string, status: object = {}) {
  const made = modelPod(name);
  return { ...made, status: { phase: "Running", podIP: "127.10.0.2", ...status } };
}

let listed: unknown[][];
let read: [Partial<Endpoint>, Pick<Gauge, "sources">][];
beforeEach(() => {
  listed = [];
  read = [];
});

/** @param pods those that the API server selects */
function values(
  metrics: KubeObject[],
  pods: KubeObject[] = [pod("vllm-1")],
  over: Partial<ClusterSpec> = {},
) {
  const spec = clusterSpec("gke-east", "us-east4", { version: "1.36.0-gke.1", ...over });
  const client = {
    list: (...question: unknown[]) => {
      listed.push(question);
      return Promise.resolve(pods);
    },
  };
  return new PodValues(new FakeCluster(spec, metrics), client, (target, gauge) => {
    read.push([target, gauge]);
    return Promise.resolve(target.pod === "default/silent" ? undefined : 0.25);
  });
}

const ALL = { labelSelector: "" };

test("reads the gauge where the AutoscalingMetric says, in the pods that the API server selects", async () => {
  const found = await values([podsShape()]).values("default", KV_CACHE, {
    labelSelector: "a in (b)",
  });
  expect(found).toEqual([{ pod: "vllm-1", value: 0.25 }]);
  expect(listed).toEqual([["v1", "Pod", "default", { labelSelector: "a in (b)" }]]);
  const target = {
    pod: "default/vllm-1",
    ip: "127.10.0.2",
    labels: LABELS,
    namedPorts: { http: 8000 },
  };
  const source = {
    gauge: USAGE,
    port: 8000,
    path: "/metrics",
    namespace: "default",
    podLabels: LABELS,
  };
  expect(read).toEqual([[target, { sources: [source] }]]);
});

test("asks for one pod by its name, and for all where nothing is selected", async () => {
  await values([podsShape()]).values("default", KV_CACHE, { name: "vllm-1" });
  await values([podsShape()]).values("default", KV_CACHE, ALL);
  expect(listed.map(([, , , query]) => query)).toEqual([
    { fieldSelector: "metadata.name=vllm-1" },
    {},
  ]);
});

test("has no value of a pod that is silent, does not run, or has no process on this machine", async () => {
  const pods = [
    pod("silent"),
    pod("starting", { phase: "Pending" }),
    pod("said-to-run", { podIP: "10.80.1.2" }),
    pod("without-address", { podIP: undefined }),
  ];
  expect(await values([podsShape()], pods).values("default", KV_CACHE, ALL)).toEqual([]);
  expect(read.map(([target]) => target.pod)).toEqual(["default/silent"]);
});

test.each([
  ["another AutoscalingMetric", "autoscaling.gke.io|other|kv-cache", "default"],
  ["another gauge", "autoscaling.gke.io|kv|other", "default"],
  ["the gauge's own name", USAGE, "default"],
  ["another namespace", KV_CACHE, "other"],
])("knows nothing by %s", async (_, metric, namespace) => {
  expect(await values([podsShape()]).values(namespace, metric, ALL)).toBeUndefined();
  expect(listed).toEqual([]);
});

const TOO_MANY = Array.from({ length: 21 }, (_, i) => (i === 0 ? "kv-cache" : `gauge-${i}`));

test.each<[string, KubeObject[], Partial<ClusterSpec>]>([
  ["the shape for load balancers", [endpointsShape()], {}],
  ["a cluster without the profile", [podsShape()], { hpaProfile: "NONE" }],
  ["more metrics than GKE takes", [podsShape("default/kv", LABELS, TOO_MANY)], {}],
  ["a label with a domain", [podsShape("default/kv", { "a.b/c": "vllm" })], {}],
])("brings nothing to autoscaling from %s", async (_, metrics, over) => {
  const made = values(metrics, [pod("vllm-1")], over);
  expect(made.names()).toEqual([]);
  expect(await made.values("default", KV_CACHE, ALL)).toBeUndefined();
});

test("names each metric once, whatever namespaces have it", () => {
  const metrics = [podsShape(), podsShape("other/kv"), podsShape("default/queue")];
  expect(values(metrics).names()).toEqual([KV_CACHE, "autoscaling.gke.io|queue|kv-cache"]);
});

test("takes as many metrics as GKE does, and labels with a domain from 1.37 on", () => {
  const most = TOO_MANY.slice(0, 20);
  expect(values([podsShape("default/kv", LABELS, most)]).names()).toHaveLength(20);
  const labelled = [podsShape("default/kv", { "a.b/c": "vllm" })];
  expect(values(labelled, [], { version: "1.37.0-gke.1" }).names()).toEqual([KV_CACHE]);
});
