import { whyNotReported } from "../../../../emulator/gke/controllers/metricPickup";
import {
  endlessDelays,
  fleet,
  Fleet,
  gpuNode,
  modelPod,
  noDelays,
  nodePool,
  NODES,
  object,
} from "../support/world";

const NAME = "gke.named_metrics.kv-cache";
const METRIC = "vllm:kv_cache_usage_perc";

function endpointsShape(labels: Record<string, string> = { app: "vllm" }, over: object = {}) {
  const metrics = [{ name: METRIC, exportName: "kv-cache" }];
  const endpoints = [{ port: 8000, path: "/metrics", metrics, ...over }];
  return object("AutoscalingMetric", "default/kv", {
    spec: { selector: { matchLabels: labels }, endpoints },
  });
}

function podsShape(gauge: object = { loadBalancing: { enabled: true } }) {
  const metrics = [{ gauge: { name: "kv-cache", prometheusMetricName: METRIC, ...gauge } }];
  const containers = [{ endpoint: { port: 8000 }, metrics }];
  const pod = { selector: { matchLabels: { app: "vllm" } }, containers };
  return object("AutoscalingMetric", "default/kv", { spec: { metrics: [{ pod }] } });
}

/** gke-east with a Ready model server and a metric that its load balancer gets. */
function reporting(over: Parameters<typeof fleet>[0] = {}): Fleet {
  const made = fleet(over);
  made.east.pools = [nodePool(made.east.spec)];
  made.east.put(gpuNode(), modelPod(), endpointsShape());
  return made;
}

function why({ world, east }: Fleet, name = NAME, delays = noDelays()): string | undefined {
  return whyNotReported(world, east, name, delays);
}

test("a metric that a Ready model server exposes is reported, after a while", () => {
  expect(why(reporting())).toBeUndefined();
  expect(why(reporting(), NAME, endlessDelays())).toBe("it is being registered");
});

test("from 1.35.1 on the other shape is read", () => {
  const made = reporting({ east: { version: "1.35.1-gke.1396000" } });
  made.east.put(podsShape());
  expect(why(made)).toBeUndefined();
  made.east.put(podsShape({ loadBalancing: { enabled: false } }));
  expect(why(made)).toBe(
    "AutoscalingMetric default/kv: gauge kv-cache lacks loadBalancing.enabled: true",
  );
  made.east.put(podsShape({}));
  expect(why(made)).toContain("lacks loadBalancing.enabled");
});

test("a name without GKE's prefix is no metric of a cluster", () => {
  expect(why(reporting(), "kv-cache")).toBe(
    "only metrics that are named gke.named_metrics.<exported name> come from clusters",
  );
});

test.each([
  [
    { version: "1.34.1-gke.1126000" },
    "GKE 1.34.1-gke.1126000 has no AutoscalingMetric; it came with 1.34.1-gke.1127000",
  ],
  [
    { hpaProfile: "NONE" as const },
    "custom metrics need the HPA profile PERFORMANCE, the cluster has NONE",
  ],
])("a cluster with %j reports nothing", (east, message) => {
  expect(why(reporting({ east }))).toBe(message);
});

test("the autoscaling API must be enabled", () => {
  const made = reporting();
  made.cloud.apis.clear();
  expect(why(made)).toBe("autoscaling.googleapis.com is not enabled in project demo");
});

test("a metric that nobody exports is told together with those that are", () => {
  expect(why(reporting(), "gke.named_metrics.queue")).toBe(
    "no AutoscalingMetric exports queue (exported: kv-cache)",
  );
  const bare = reporting();
  bare.east.objects.pop();
  expect(why(bare)).toBe("no AutoscalingMetric exports kv-cache (exported: none)");
});

test.each([
  ["1.34.1-gke.1127000", 10],
  ["1.35.1-gke.1396000", 20],
])("GKE %s takes %i metrics", (version, limit) => {
  const made = reporting({ east: { version } });
  const metrics = Array.from({ length: limit - 1 }, (_, i) => ({ name: `m${i}` }));
  made.east.put(
    object("AutoscalingMetric", "other/many", {
      spec: { selector: { matchLabels: {} }, endpoints: [{ port: 1, metrics }] },
    }),
  );
  expect(why(made)).toBeUndefined();
  metrics.push({ name: "one-more" });
  expect(why(made)).toBe(
    `the cluster declares ${limit + 1} metrics in AutoscalingMetrics; ${limit} are allowed`,
  );
});

test("a label key with a domain selects no pods before 1.37", () => {
  const labels = { "app.kubernetes.io/name": "vllm" };
  const withLabel = (version: string) => {
    const made = reporting({ east: { version } });
    made.east.put(endpointsShape(labels), {
      ...modelPod(),
      metadata: { ...modelPod().metadata, labels },
    });
    return why(made);
  };
  expect(withLabel("1.36.4-gke.1247000")).toBe(
    'AutoscalingMetric default/kv: label key "app.kubernetes.io/name" cannot select pods; letters, digits, - and _ only',
  );
  expect(withLabel("1.37.0-gke.3100000")).toBeUndefined();
});

test("pods must match, in the namespace of the metric, and one must be Ready", () => {
  const made = reporting();
  made.east.put(endpointsShape({ app: "other" }));
  expect(why(made)).toBe(
    "AutoscalingMetric default/kv: no pod in namespace default has the labels app=other",
  );
  made.east.put(endpointsShape(), { ...modelPod(), status: {} });
  expect(why(made)).toBe("AutoscalingMetric default/kv: none of the 1 pods with app=vllm is Ready");
});

test("a container must listen on the port, by number or by name", () => {
  const made = reporting();
  made.east.put(endpointsShape(undefined, { port: 9000 }));
  expect(why(made)).toBe(
    "AutoscalingMetric default/kv: no container of pod vllm-1 listens on port 9000",
  );
  made.east.put(endpointsShape(undefined, { port: "http" }));
  expect(why(made)).toBeUndefined();
});

test("the server must have the metric", () => {
  const made = reporting();
  made.east.put(modelPod("vllm-1", "vllm/vllm-openai:v0.8.5"));
  expect(why(made)).toBe(
    `vLLM v0.8.5 has no ${METRIC}: it came with v0.10.2 (vllm/vllm-openai:v0.8.5)`,
  );
});

test("the server that declares the port is asked, not a sidecar that declares none", () => {
  const made = reporting();
  const pod = modelPod();
  const spec = {
    ...pod.spec,
    containers: pod.spec.containers.map((c) => ({ ...c, image: "vllm/vllm-openai:v0.8.5" })),
    initContainers: [{ name: "adapters", image: "example/adapters", restartPolicy: "Always" }],
  };
  made.east.put({ ...pod, spec });
  expect(why(made)).toBe(
    "vLLM v0.8.5 has no vllm:kv_cache_usage_perc: it came with v0.10.2 (vllm/vllm-openai:v0.8.5)",
  );
});

test("the node's identity must be allowed to write metrics", () => {
  const made = reporting();
  made.cloud.roles.delete(`roles/autoscaling.metricsWriter serviceAccount:${NODES}`);
  expect(why(made)).toBe(
    `node pool gpu: serviceAccount:${NODES} lacks roles/autoscaling.metricsWriter in project demo`,
  );
  made.cloud.roles.add(`roles/container.defaultNodeServiceAccount serviceAccount:${NODES}`);
  expect(why(made)).toBeUndefined();
});

test("a pool without an identity uses the default compute service account", () => {
  const made = reporting();
  made.east.pools = [nodePool(made.east.spec, { serviceAccount: undefined })];
  expect(why(made)).toBe(
    "node pool gpu: serviceAccount:42-compute@developer.gserviceaccount.com lacks roles/autoscaling.metricsWriter in project demo",
  );
});
