import { kvCacheGauge, modelServers } from "../../../catalog/modelServers";
import { UNKNOWN } from "../support/unknown";
import { metricFitsServer } from "../../metrics/metric-fits-server";
import { inCluster, inference, metric, provider, replaced, server } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const SOURCE = "spec.endpoints.0.metrics.0.name";
const SOURCE_PATH = "spec.endpoints[0].metrics[0].name";
const CONTAINER = "spec.template.spec.containers.0";
const IMAGE_PATH = "spec.template.spec.containers[0].image";
const NEW = "vllm:kv_cache_usage_perc";
const OLD = "vllm:gpu_cache_usage_perc";
const SGLANG = "sglang:token_usage";
const VLLM = "vllm/vllm-openai:v0.18.1";
const ARGS_PATH = "spec.template.spec.containers[0].args";

const findings = findingsOf(metricFitsServer);

const withImage = (image: unknown, args: unknown = ["--enable-metrics"]) =>
  changed(changed(server, `${CONTAINER}.image`, image), `${CONTAINER}.args`, args);
const withSource = (name: unknown) => changed(metric, SOURCE, name);

/** The metric and its model servers. */
const pair = (name: unknown, image: unknown, args?: unknown) => [
  provider,
  withImage(image, args),
  withSource(name),
];

/** The shape since GKE 1.35.1. */
function ofPods(gauge: object, port: unknown = 8000): Registered {
  const endpoint = { port, path: "/metrics" };
  const containers = [{ endpoint, metrics: [{ gauge }] }];
  const pod = { selector: { matchLabels: { app: "llm" } }, containers };
  return changed(metric, "spec", { metrics: [{ pod }] });
}

const missing = (title: string, name: string, gauge: string, path = SOURCE_PATH) =>
  `${path}: ${title} of server does not report "${name}"; write "${gauge}"`;

test.each<[string, readonly Registered[]]>([
  ["the good stack", inference],
  ["two clusters", [...inference, ...inCluster(inference, "other")]],
  ["the old name of an old vLLM", pair(OLD, "vllm/vllm-openai:v0.8.5")],
  ["the old name while there were both", pair(OLD, "vllm/vllm-openai:v0.10.1")],
  ["the new name while there were both", pair(NEW, "vllm/vllm-openai:v0.9.2")],
  ["statistics that are logged", pair(NEW, VLLM, ["--disable-log-stats", "false"])],
  ["a metric of another server", pair("other:gauge", VLLM, ["--disable-log-stats"])],
  ["an SGLang with a file of flags", pair(SGLANG, "lmsysorg/sglang:v0.5.6", ["--config", "a"])],
  ["SGLang", pair(SGLANG, "lmsysorg/sglang:v0.5.6")],
  ["another metric", pair("vllm:num_requests_waiting", "vllm/vllm-openai:v0.18.1")],
  ["a version that cannot be told", pair(OLD, "vllm/vllm-openai:nightly")],
  ["a server of another make", pair(SGLANG, "nvcr.io/nvidia/tritonserver:25.01")],
  [
    "the old name that is shown on demand",
    [
      provider,
      changed(withImage("vllm/vllm-openai:v0.11.0"), `${CONTAINER}.args`, [
        "--show-hidden-metrics-for-version=0.10",
      ]),
      withSource(OLD),
    ],
  ],
  [
    "other pods",
    [provider, changed(server, "spec.template.metadata.labels.app", "x"), withSource(OLD)],
  ],
  ["another namespace", [provider, changed(server, "metadata.namespace", "x"), withSource(OLD)]],
  ["another cluster", [provider, withSource(OLD), ...inCluster([provider, server], "other")]],
  ["no servers", [provider, withSource(OLD)]],
  [
    "an empty selector",
    [provider, server, changed(withSource(OLD), "spec.selector.matchLabels", {})],
  ],
  ["the newer shape", [provider, server, ofPods({ name: "kv-cache", prometheusMetricName: NEW })]],
  ["no spec", [provider, server, changed(metric, "spec")]],
  ["a text for a list", [provider, server, changed(metric, "spec.endpoints", "x")]],
  ["null for a metric", [provider, server, changed(metric, "spec.endpoints.0.metrics.0", null)]],
  ["no path", [provider, server, changed(metric, "spec.endpoints.0.path")]],
  [
    "any path of a server of another make",
    [
      provider,
      withImage("nvcr.io/nvidia/tritonserver:25.01"),
      changed(metric, "spec.endpoints.0.path", "/stats"),
    ],
  ],
  ["no port", [provider, server, changed(metric, "spec.endpoints.0.port")]],
  [
    "any port where the pod declares none",
    [provider, changed(server, `${CONTAINER}.ports`), changed(metric, "spec.endpoints.0.port", 9)],
  ],
  ["no GKE resource and no provider", [server, metric].map(({ provider: _, ...rest }) => rest)],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string]>([
  [
    "a name that no server reports, but almost",
    [provider, server, withSource(`${NEW}entage`)],
    `${SOURCE_PATH}: vLLM v0.18.1 of server does not report "${NEW}entage"; did you mean ${NEW}?`,
  ],
  [
    "the new name of an old vLLM",
    pair(NEW, "vllm/vllm-openai:v0.8.5"),
    missing("vLLM v0.8.5", NEW, OLD),
  ],
  ["the old name", pair(OLD, "vllm/vllm-openai:v0.10.2"), missing("vLLM v0.10.2", OLD, NEW)],
  [
    "the old name that nothing shows any more",
    [
      provider,
      changed(withImage("vllm/vllm-openai:v0.12.0"), `${CONTAINER}.args`, [
        "--show-hidden-metrics-for-version=0.10",
      ]),
      withSource(OLD),
    ],
    missing("vLLM v0.12.0", OLD, NEW),
  ],
  [
    "a mirrored image",
    pair(OLD, "europe-docker.pkg.dev/p/hub/vllm/vllm-openai:v0.18.1-cu126@sha256:0"),
    missing("vLLM v0.18.1-cu126", OLD, NEW),
  ],
  ["vLLM's gauge of SGLang", pair(NEW, "lmsysorg/sglang:latest"), missing("SGLang", NEW, SGLANG)],
  [
    "SGLang's gauge of some vLLM",
    pair(SGLANG, "vllm/vllm-openai:nightly"),
    `${SOURCE_PATH}: vLLM of server does not report "${SGLANG}"; write the gauge of its version`,
  ],
  [
    "the newer shape",
    [provider, server, ofPods({ name: "kv-cache", prometheusMetricName: OLD })],
    missing(
      "vLLM v0.18.1",
      OLD,
      NEW,
      "spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName",
    ),
  ],
  [
    "a name that no metric of Prometheus has",
    [provider, server, ofPods({ name: "kv-cache" })],
    'spec.metrics[0].pod.containers[0].metrics[0].gauge.name: vLLM v0.18.1 of server does not report "kv-cache": ' +
      `that is not a valid name of a Prometheus metric; name what it reports, "${NEW}"`,
  ],
  [
    "the newer shape's own name",
    [provider, server, ofPods({ name: OLD })],
    missing("vLLM v0.18.1", OLD, NEW, "spec.metrics[0].pod.containers[0].metrics[0].gauge.name"),
  ],
  [
    "another port",
    [provider, server, changed(metric, "spec.endpoints.0.port", 9090)],
    "spec.endpoints[0].port: 9090 is not a port of server; use one of its ports: 8000",
  ],
  [
    "another path",
    [provider, server, changed(metric, "spec.endpoints.0.path", "/stats")],
    'spec.endpoints[0].path: vLLM v0.18.1 of server has no metrics at "/stats"; write "/metrics"',
  ],
  [
    "another port in the newer shape",
    [provider, server, ofPods({ name: "x" }, "metrics")],
    'spec.metrics[0].pod.containers[0].endpoint.port: "metrics" is not a port of server; ' +
      "use one of its ports: 8000",
  ],
])("fails %s", async (_, resources, message) => {
  expect(await findings(resources)).toEqual([["mandatory", "metric", message]]);
});

test("judges each cluster by its own servers", async () => {
  const other = inCluster([provider, withImage("vllm/vllm-openai:v0.8.5"), metric], "other");
  const message = missing("vLLM v0.8.5", NEW, OLD).replace("of server", "of other-server");
  expect(await findings([...inference, ...other])).toEqual([
    ["mandatory", "other-metric", message],
  ]);
});

test("judges a StatefulSet, and the leader of a LeaderWorkerSet", async () => {
  const { template } = (server.inputs as { spec: { template: object } }).spec;
  const set = { ...server, type: "kubernetes:apps/v1:StatefulSet" };
  const leaders: Registered = {
    ...server,
    type: "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
    inputs: {
      apiVersion: "leaderworkerset.x-k8s.io/v1",
      kind: "LeaderWorkerSet",
      metadata: { namespace: "llm" },
      spec: { leaderWorkerTemplate: { leaderTemplate: template, workerTemplate: {} } },
    },
  };
  for (const servers of [changed(set, "kind", "StatefulSet"), leaders]) {
    expect(await findings([provider, servers, withSource(OLD)])).toEqual([
      ["mandatory", "metric", missing("vLLM v0.18.1", OLD, NEW)],
    ]);
  }
});

test("judges the object under a generated class's token", async () => {
  expect(await findings([provider, server, asGenerated(withSource(OLD))])).toHaveLength(1);
});

describe("on a first preview", () => {
  const NAMESPACE = "kubernetes:core/v1:Namespace::llm";
  const namespace: Registered = {
    type: "kubernetes:core/v1:Namespace",
    name: "llm",
    inputs: { apiVersion: "v1", kind: "Namespace", metadata: {} },
  };
  const hide = (resource: Registered, ...known: string[]): Registered => ({
    ...resource,
    inputs: unknownBut(resource.inputs, "kind", "apiVersion", ...known),
    propertyDependencies: { metadata: [NAMESPACE] },
  });
  const hidden = [
    provider,
    namespace,
    hide(server, "spec.template.metadata.labels", `${CONTAINER}.image`, `${CONTAINER}.args`),
    hide(withSource(OLD), "spec.selector", "spec.endpoints.0.path", SOURCE),
  ];

  test("finds the servers by the Namespace that both come from", async () => {
    expect(await findings(hidden, { firstPreview: true })).toEqual([
      ["mandatory", "metric", missing("vLLM v0.18.1", OLD, NEW)],
    ]);
  });

  test("takes no namespace for another that is not known either", async () => {
    const apart = hidden.map((each) => ({ ...each, propertyDependencies: {} }));
    expect(await findings(apart, { firstPreview: true })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string, string]>([
    ["the metric", [provider, server, withSource(UNKNOWN)], "metric", SOURCE_PATH],
    [
      "the port",
      [provider, server, changed(metric, "spec.endpoints.0.port", UNKNOWN)],
      "metric",
      "spec.endpoints[0].port",
    ],
    [
      "the path",
      [provider, server, changed(metric, "spec.endpoints.0.path", UNKNOWN)],
      "metric",
      "spec.endpoints[0].path",
    ],
    ["the image", pair(NEW, UNKNOWN), "server", IMAGE_PATH],
  ])("advises where %s is not known yet", async (_, resources, resource, path) => {
    expect(await findings(resources)).toEqual([["advisory", resource, pending(path)]]);
  });
});

const silent = (by: string, gauge: string, fix: string, path = ARGS_PATH) =>
  `${path}: ${by} has no metrics, so metric finds no "${gauge}"; ${fix}`;

test.each<[string, readonly Registered[], string]>([
  [
    "a vLLM without statistics",
    pair(NEW, VLLM, ["--port", "8000", "--disable-log-stats"]),
    silent("with --disable-log-stats vLLM v0.18.1", NEW, "remove it", `${ARGS_PATH}[2]`),
  ],
  [
    "the same with underscores",
    pair(NEW, VLLM, ["--disable_log_stats"]),
    silent("with --disable-log-stats vLLM v0.18.1", NEW, "remove it", `${ARGS_PATH}[0]`),
  ],
  [
    "the same for a metric that is not of the KV cache",
    pair("vllm:num_requests_waiting", VLLM, ["--disable-log-stats"]),
    silent(
      "with --disable-log-stats vLLM v0.18.1",
      "vllm:num_requests_waiting",
      "remove it",
      `${ARGS_PATH}[0]`,
    ),
  ],
  [
    "an SGLang that reports nothing",
    pair(SGLANG, "lmsysorg/sglang:v0.5.4", ["--port", "8000"]),
    silent("without --enable-metrics SGLang v0.5.4", SGLANG, 'add "--enable-metrics"'),
  ],
])("fails %s", async (_, resources, message) => {
  expect(await findings(resources)).toEqual([["mandatory", "server", message]]);
  expect(await findings(resources, { firstPreview: true })).toHaveLength(1);
});

test.each<[string, readonly Registered[], string]>([
  ["the arguments", pair(NEW, VLLM, UNKNOWN), ARGS_PATH],
  ["an argument", pair(SGLANG, "lmsysorg/sglang:v0.5.4", ["-a", UNKNOWN]), `${ARGS_PATH}[1]`],
])("advises where %s is not known yet", async (_, resources, path) => {
  expect(await findings(resources)).toEqual([["advisory", "server", pending(path)]]);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 200 }, (_, i) => {
    const labelled = changed(server, "spec.template.metadata.labels.app", `llm-${i}`);
    return { ...labelled, name: `server-${i}` };
  });
  const last = changed(withSource(OLD), "spec.selector.matchLabels.app", "llm-199");
  expect(await findings([provider, ...many, last])).toHaveLength(1);
});

test("one change in the good stack is all it takes", async () => {
  const broken = replaced(inference, withSource(OLD));
  expect(await findings(broken)).toHaveLength(1);
});

test.each([
  ["vllm", "vllm/vllm-openai:v0.8.5", "v0.8.5"],
  ["vllm", "vllm/vllm-openai:v0.10.1", "v0.10.1"],
  ["vllm", "vllm/vllm-openai:v0.10.2", "v0.10.2"],
  ["vllm", "vllm/vllm-openai:v0.18.1", "v0.18.1"],
  ["sglang", "lmsysorg/sglang:v0.5.6", "v0.5.6"],
] as const)("program and policies mean the same gauge of %s", async (engine, image, version) => {
  const [, , source] = pair(kvCacheGauge(engine, version), image);
  const path = modelServers[engine].metricsPath;
  const exported = changed(source ?? metric, "spec.endpoints.0.path", path);
  expect(await findings([provider, withImage(image), exported])).toEqual([]);
});
