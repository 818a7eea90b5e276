import { UNKNOWN } from "../support/unknown";
import { autoscalingMetricFitsGke } from "../../metrics/autoscaling-metric-fits-gke";
import { pending } from "../fixtures/messages";
import { asGenerated } from "../fixtures/stack";
import {
  copied,
  edited,
  objectsOnly,
  twoClusters,
  twoClustersAtFirst,
} from "../fixtures/twoClusters";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const SELECTOR = "spec.selector.matchLabels";
const METRIC = "gke-east-metric";
const A = "1.34.1-gke.1127000";
const B = "1.35.1-gke.1396000";
const C = "1.36.4-gke.1247000";

const findings = findingsOf(autoscalingMetricFitsGke);

const at = (version: unknown, stack = twoClusters) =>
  edited(stack, "gke-east", "minMasterVersion", version);
const onChannel = (channel: string, stack: readonly Registered[]) =>
  edited(at(undefined, stack), "gke-east", "releaseChannel", { channel });
const shaped = (spec: unknown, stack = twoClusters) => edited(stack, METRIC, "spec", spec);

const selector = { matchLabels: { app: "llm" } };
const gauges = (...names: string[]) => names.map((name) => ({ gauge: { name } }));
const ofPod = (metrics: unknown = gauges("kv-cache"), pods: object = selector) => ({
  pod: { selector: pods, containers: [{ endpoint: { port: 8000 }, metrics }] },
});
const query = { promql: { name: "queue", query: "avg(queue)" } };
const endpoints = (...names: string[]) => [
  { port: 8000, metrics: names.map((name) => ({ name })) },
];
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `metric-${i}`);

const pods = { metrics: [ofPod()] };

/** The stack whose cluster runs a version. */
const running = (version: string, stack: readonly Registered[]) =>
  stack.map((resource) => {
    const outputs = { ...resource.inputs, masterVersion: version };
    return resource.name === "gke-east" ? { ...resource, outputs } : resource;
  });
const key = { "app.kubernetes.io/name": "llm" };

test.each<[string, readonly Registered[]]>([
  ["endpoints from 1.34.1-gke.1127000 on", twoClusters],
  ["pods from 1.35.1-gke.1396000 on", at(B, shaped(pods))],
  ["a query from 1.36.4-gke.1247000 on", at(C, shaped({ metrics: [query, ofPod()] }))],
  ["endpoints in a minor, of which GKE takes the newest", at("1.34")],
  ["pods in a minor, of which GKE takes the newest", at("1.35", shaped(pods))],
  [
    "what fits the channel's default where the version is not set",
    onChannel("STABLE", shaped(pods)),
  ],
  [
    "any shape where the version is not set, nor a channel",
    at(undefined, shaped({ metrics: [query] })),
  ],
  ["any shape where the version is none", at("latest", shaped({ metrics: [query] }))],
  ["any shape in another stack's cluster", shaped({ metrics: [query] }, objectsOnly)],
  [
    "the version that a cluster was upgraded to",
    running("1.35.2-gke.1842000", at(A, shaped(pods))),
  ],
  [
    "endpoints in a cluster that runs less than its channel installs now",
    running("1.34.12-gke.1011000", onChannel("REGULAR", twoClusters)),
  ],
  [
    "what its channel installs where what it runs is none",
    running("unknown", onChannel("REGULAR", shaped(pods))),
  ],
  [
    "any label key from 1.37 on",
    at("1.37.0-gke.100", shaped({ metrics: [ofPod([], { matchLabels: key })] })),
  ],
  [
    "any label key where the version is not set",
    at(undefined, edited(twoClusters, METRIC, SELECTOR, key)),
  ],
  ["10 metrics of endpoints", shaped({ selector, endpoints: endpoints(...numbered(10)) })],
  ["20 metrics of pods", at(B, shaped({ metrics: [ofPod(gauges(...numbered(20)))] }))],
  [
    "more metrics of queries",
    at(C, shaped({ metrics: [ofPod(), ...numbered(25).map((name) => ({ promql: { name } }))] })),
  ],
  [
    "one name from the pods of two models",
    [...twoClusters, copied(twoClusters, METRIC, "other", { [SELECTOR]: { app: "other" } })],
  ],
  [
    "one name in two namespaces",
    [...twoClusters, copied(twoClusters, METRIC, "other", { "metadata.namespace": "other" })],
  ],
  [
    "one name from two ports",
    shaped({ selector, endpoints: [...endpoints("kv-cache"), ...endpoints("kv-cache")] }),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

const tooOld = (place: string, since: string, version: string, fix = "") =>
  `${place}: GKE has this shape from ${since} on, and cluster gke-east may run ${version}; ` +
  `set the cluster's minMasterVersion to "${since.slice(0, 4)}" or a newer minor version${fix}`;
const orEndpoints = ", or write spec.selector and spec.endpoints";
const nothing = (path = "spec") =>
  `${path}: exports nothing: it lists neither endpoints nor metrics; list in one of them what to ` +
  "export";
const noPods = (path: string, given: string) =>
  `${path}: ${given} no pods; write the labels of the pods that have the metric`;

test.each<[string, readonly Registered[], string]>([
  [
    "endpoints in an older GKE",
    at("1.33.5-gke.100"),
    tooOld("spec.endpoints", A, "1.33.5-gke.100"),
  ],
  [
    "pods in an older minor",
    at("1.34", shaped(pods)),
    tooOld("spec.metrics[0].pod", B, "1.34", orEndpoints),
  ],
  [
    "a query in what its channel installs",
    onChannel("STABLE", shaped({ metrics: [ofPod(), query] })),
    tooOld("spec.metrics[1].promql", C, "1.35.6-gke.1250000", orEndpoints),
  ],
  [
    "pods in a cluster that runs less than its channel installs now",
    running("1.34.12-gke.1011000", onChannel("REGULAR", shaped(pods))),
    tooOld("spec.metrics[0].pod", B, "1.34.12-gke.1011000", orEndpoints),
  ],
  ["pods in an older GKE", shaped(pods), tooOld("spec.metrics[0].pod", B, A, orEndpoints)],
  ["pods in a much older GKE", at("1.33", shaped(pods)), tooOld("spec.metrics[0].pod", B, "1.33")],
  [
    "a query in an older GKE",
    at(B, shaped({ metrics: [ofPod(), query] })),
    tooOld("spec.metrics[1].promql", C, B, orEndpoints),
  ],
  [
    "two shapes in one object",
    edited(twoClusters, METRIC, "spec.metrics", []),
    "spec.metrics: stands beside spec.endpoints, which belongs to another shape; write an " +
      "AutoscalingMetric for each shape",
  ],
  [
    "the selector of another shape",
    at(B, shaped({ selector, metrics: [ofPod()] })),
    "spec.metrics: stands beside spec.selector, which belongs to another shape; write an " +
      "AutoscalingMetric for each shape",
  ],
  ["no spec", shaped(undefined), nothing()],
  ["a list for a spec", shaped([]), nothing()],
  ["no endpoints", edited(twoClusters, METRIC, "spec.endpoints"), nothing()],
  ["an object for endpoints", shaped({ selector, endpoints: {} }), nothing()],
  ["an empty list of metrics", at(B, shaped({ metrics: [] })), nothing()],
  [
    "an entry without a source",
    at(B, shaped({ metrics: [{}, ofPod()] })),
    "spec.metrics[0]: has no source; write either pod or promql in it",
  ],
  [
    "an entry with two sources",
    at(C, shaped({ metrics: [{ ...ofPod(), ...query }] })),
    "spec.metrics[0]: has two sources; write either pod or promql in it",
  ],
  [
    "a metric that is no gauge",
    at(B, shaped({ metrics: [ofPod([{ counter: { name: "tokens" } }])] })),
    "spec.metrics[0].pod.containers[0].metrics[0].gauge: is not set, and GKE exports no other " +
      "kind of metric; write name and prometheusMetricName below it",
  ],
  [
    "no selector",
    edited(twoClusters, METRIC, "spec.selector"),
    noPods(SELECTOR, "is not set, so it selects"),
  ],
  ["an empty selector", edited(twoClusters, METRIC, SELECTOR, {}), noPods(SELECTOR, "{} selects")],
  [
    "an empty selector of pods",
    at(B, shaped({ metrics: [ofPod([], {})] })),
    noPods("spec.metrics[0].pod.selector.matchLabels", "is not set, so it selects"),
  ],
  [
    "a label key with a domain",
    edited(twoClusters, METRIC, SELECTOR, { app: "llm", ...key }),
    `${SELECTOR}["app.kubernetes.io/name"]: label key "app.kubernetes.io/name" selects no pods in ` +
      `cluster gke-east, which may run GKE ${A}; use a key of letters, digits, - and _ only, or ` +
      "GKE 1.37",
  ],
  [
    "11 metrics of endpoints",
    shaped({ selector, endpoints: endpoints(...numbered(11)) }),
    "spec.endpoints[0].metrics[10].name: this makes 11 metrics in cluster gke-east, which may " +
      "export 10; export only those that something reads",
  ],
  [
    "21 metrics of pods",
    at(B, shaped({ metrics: [ofPod(gauges(...numbered(20))), ofPod(gauges("more"))] })),
    "spec.metrics[1].pod.containers[0].metrics[0].gauge.name: this makes 21 metrics in cluster " +
      "gke-east, which may export 20; export only those that something reads",
  ],
])("fails %s", async (_, resources, message) => {
  const expected = [["mandatory", METRIC, message]];
  expect(await findings(resources)).toEqual(expected);
  expect(await findings(resources.map(asGenerated))).toEqual(expected);
});

test("counts the metrics of all objects in a cluster", async () => {
  const more = copied(twoClusters, METRIC, "more", {
    [SELECTOR]: { app: "other" },
    "spec.endpoints": endpoints(...numbered(10)),
  });
  expect(await findings([...twoClusters, more])).toEqual([
    [
      "mandatory",
      "more",
      "spec.endpoints[0].metrics[9].name: this makes 11 metrics in cluster gke-east, which may " +
        "export 10; export only those that something reads",
    ],
  ]);
});

test("fails a name that the same pods have twice", async () => {
  expect(await findings([...twoClusters, copied(twoClusters, METRIC, "more")])).toEqual([
    [
      "mandatory",
      "more",
      'spec.endpoints[0].metrics[0].exportName: "kv-cache" is exported from these pods by ' +
        "gke-east-metric already; export it once, or by another name",
    ],
  ]);
});

test("advises where the shape is older than the cluster", async () => {
  expect(await findings(at(B))).toEqual([
    [
      "advisory",
      METRIC,
      `spec.endpoints: the documentation has this shape for GKE before ${B}, and cluster gke-east ` +
        `runs ${B}; write spec.metrics with a pod and its gauges`,
    ],
  ]);
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("passes the good stack", async () => {
    expect(await findings(twoClustersAtFirst, { firstPreview })).toEqual([]);
  });

  test("judges the shape among values that are not known", async () => {
    const hidden = { metrics: [ofPod(UNKNOWN, { matchLabels: { app: UNKNOWN } })] };
    expect(await findings(shaped(hidden, twoClustersAtFirst), { firstPreview })).toEqual([
      ["mandatory", METRIC, tooOld("spec.metrics[0].pod", B, A, orEndpoints)],
    ]);
  });

  test("judges a list of metrics that is not known by what it may hold", async () => {
    const stack = shaped({ metrics: UNKNOWN }, twoClustersAtFirst);
    expect(await findings(stack, { firstPreview })).toEqual([
      ["mandatory", METRIC, tooOld("spec.metrics", B, A, orEndpoints)],
    ]);
    expect(await findings(at(B, stack), { firstPreview })).toEqual([]);
  });

  test.each(["spec", SELECTOR])("advises where %s is not known yet", async (path) => {
    const stack = edited(twoClustersAtFirst, METRIC, path, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([["advisory", METRIC, pending(path)]]);
  });

  test.each(["spec.endpoints", "spec.endpoints.0.metrics.0.exportName"])(
    "lets %s be any",
    async (path) => {
      const stack = edited(twoClustersAtFirst, METRIC, path, UNKNOWN);
      expect(await findings(stack, { firstPreview })).toEqual([]);
    },
  );

  test("lets the cluster's version be any", async () => {
    const stack = at(UNKNOWN, shaped({ metrics: [query] }, twoClustersAtFirst));
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });
});
