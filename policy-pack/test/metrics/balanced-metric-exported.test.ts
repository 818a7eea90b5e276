import { UNKNOWN } from "../support/unknown";
import { balancedMetricExported } from "../../metrics/balanced-metric-exported";
import { pending } from "../fixtures/messages";
import { asGenerated } from "../fixtures/stack";
import {
  copied,
  dependent,
  edited,
  objectsOnly,
  POOL_TYPE,
  twoClusters,
  twoClustersAtFirst,
  without,
} from "../fixtures/twoClusters";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const METRICS = "spec.default.customMetrics";
const EXPORT = "spec.endpoints.0.metrics.0.exportName";
const NAME_PATH = `${METRICS}[0].name`;
const SELECTOR = "spec.selector.matchLabels";

const findings = findingsOf(balancedMetricExported);

const notExported = (fix: string, name = "kv-cache", path = NAME_PATH) =>
  `${path}: no AutoscalingMetric in namespace llm of cluster gke-east exports ${name}; ${fix}`;
const notSelected = (path: string, given: string) =>
  `${path}: ${given} does not select the pods of gke-east-server, from which the load balancer ` +
  "needs kv-cache; write the labels that pool llm/llm in cluster gke-east selects, " +
  '{"app":"llm"}';

/** The shape of newer GKE versions, in cluster gke-east. */
const fromPods = (gauge: object = {}, selector: object = { matchLabels: { app: "llm" } }) => {
  const complete = { name: "kv-cache", loadBalancing: { enabled: true }, ...gauge };
  const metrics = [{ gauge: complete }];
  const containers = [{ endpoint: { port: 8000 }, metrics }];
  return edited(twoClusters, "gke-east-metric", "spec", {
    metrics: [{ pod: { selector, containers } }],
  });
};
const GAUGE_PATH = "spec.metrics[0].pod.containers[0].metrics[0].gauge";

test.each<[string, readonly Registered[]]>([
  ["a metric that each cluster exports", twoClusters],
  ["clusters that another stack makes", objectsOnly],
  ["a cluster without the pool", without(twoClusters, "gke-east-pool", "gke-east-metric")],
  [
    "a name that is the metric's own",
    edited(
      edited(twoClusters, "gke-east-metric", EXPORT),
      "gke-east-metric",
      "spec.endpoints.0.metrics.0.name",
      "kv-cache",
    ),
  ],
  ["the shape of newer GKE versions", fromPods()],
  [
    "a query",
    edited(twoClusters, "gke-east-metric", "spec", {
      metrics: [{ promql: { name: "kv-cache", query: "avg(kv)" } }],
    }),
  ],
  [
    "no metric to balance on",
    edited(without(twoClusters, "gke-east-metric"), "gke-west-balancing", METRICS),
  ],
  [
    "a target that is no pool of this stack",
    edited(
      without(twoClusters, "gke-east-metric"),
      "gke-west-balancing",
      "spec.targetRef.name",
      "x",
    ),
  ],
  [
    "the policy of a Service",
    edited(
      without(twoClusters, "gke-east-metric"),
      "gke-west-balancing",
      "spec.targetRef.kind",
      "Service",
    ),
  ],
  [
    "the policy of a pool in its own cluster",
    edited(without(twoClusters, "gke-east-metric"), "gke-west-balancing", "spec.targetRef", {
      group: "inference.networking.k8s.io",
      kind: "InferencePool",
      name: "llm",
    }),
  ],
  [
    "any selector where another stack makes the model servers",
    edited(without(twoClusters, "gke-east-server"), "gke-east-metric", SELECTOR, { app: "x" }),
  ],
  [
    "one of two exports that selects the pods",
    [
      ...twoClusters,
      copied(twoClusters, "gke-east-metric", "other", { [SELECTOR]: { app: "other" } }),
    ],
  ],
  ["an object for the metrics", edited(twoClusters, "gke-west-balancing", METRICS, {})],
  ["null for a metric", edited(twoClusters, "gke-west-balancing", METRICS, [null])],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "a cluster that exports nothing",
    without(twoClusters, "gke-east-metric"),
    "gke-west-balancing",
    notExported("export it there"),
  ],
  [
    "a cluster that exports another name",
    edited(twoClusters, "gke-east-metric", EXPORT, "queue"),
    "gke-west-balancing",
    notExported("export it there, as it does queue"),
  ],
  [
    "a cluster that exports a like name",
    edited(twoClusters, "gke-east-metric", EXPORT, "kv-cache-use"),
    "gke-west-balancing",
    notExported("did you mean gke.named_metrics.kv-cache-use?"),
  ],
  [
    "an export without the new name",
    edited(twoClusters, "gke-east-metric", EXPORT),
    "gke-west-balancing",
    notExported("export it there, as it does vllm:kv_cache_usage_perc"),
  ],
  [
    "an export from another namespace",
    edited(twoClusters, "gke-east-metric", "metadata.namespace"),
    "gke-west-balancing",
    notExported("export it there"),
  ],
  [
    "an AutoscalingMetric without a spec",
    edited(twoClusters, "gke-east-metric", "spec"),
    "gke-west-balancing",
    notExported("export it there"),
  ],
  [
    "a list for a spec",
    edited(twoClusters, "gke-east-metric", "spec", [{}]),
    "gke-west-balancing",
    notExported("export it there"),
  ],
  [
    "a metric on trial",
    edited(
      without(twoClusters, "gke-east-metric"),
      "gke-west-balancing",
      `${METRICS}.0.dryRun`,
      true,
    ),
    "gke-west-balancing",
    notExported("export it there"),
  ],
  [
    "a metric of a scope",
    edited(twoClusters, "gke-west-balancing", "spec.default.scopes", [
      { customMetrics: [{ name: "gke.named_metrics.queue" }] },
    ]).filter(({ name }) => name !== "gke-west-pool"),
    "gke-west-balancing",
    notExported(
      "export it there, as it does kv-cache",
      "queue",
      "spec.default.scopes[0].customMetrics[0].name",
    ),
  ],
  [
    "a name without the prefix",
    edited(twoClusters, "gke-west-balancing", `${METRICS}.0.name`, "kv-cache"),
    "gke-west-balancing",
    `${NAME_PATH}: no cluster exports a metric by the name "kv-cache"; write gke.named_metrics. ` +
      "before the name that an AutoscalingMetric exports",
  ],
  [
    "a gauge that the load balancer does not get",
    fromPods({ loadBalancing: undefined }),
    "gke-east-metric",
    `${GAUGE_PATH}.loadBalancing.enabled: is not set, so the load balancer does not get ` +
      "kv-cache; set it to true",
  ],
  [
    "a gauge that is kept from the load balancer",
    fromPods({ loadBalancing: { enabled: false } }),
    "gke-east-metric",
    `${GAUGE_PATH}.loadBalancing.enabled: false is not true, so the load balancer does not get ` +
      "kv-cache; set it to true",
  ],
  [
    "a selector of other pods",
    edited(twoClusters, "gke-east-metric", SELECTOR, { app: "picker" }),
    "gke-east-metric",
    notSelected(SELECTOR, '{"app":"picker"}'),
  ],
  [
    "a selector of other pods in the newer shape",
    fromPods({}, { matchLabels: { app: "lm" } }),
    "gke-east-metric",
    notSelected("spec.metrics[0].pod.selector.matchLabels", '{"app":"lm"}'),
  ],
  [
    "a second Deployment of the pool whose pods are not read",
    [
      ...edited(twoClusters, "gke-east-metric", SELECTOR, { app: "llm", engine: "vllm" }),
      copied(twoClusters, "gke-east-server", "second", {
        "spec.template.metadata.labels": { app: "llm", engine: "sglang" },
      }),
    ],
    "gke-east-metric",
    notSelected(SELECTOR, '{"app":"llm","engine":"vllm"}').replace("gke-east-server", "second"),
  ],
])("fails %s", async (_, resources, resource, message) => {
  const expected = [["mandatory", resource, message]];
  expect(await findings(resources)).toEqual(expected);
  expect(await findings(resources.map(asGenerated))).toEqual(expected);
});

test("names the provider where the cluster is another stack's", async () => {
  const [[, , message] = []] = await findings(without(objectsOnly, "gke-east-metric"));
  expect(message).toBe(notExported("export it there").replace("gke-east", "gke-east-provider"));
});

test("names each cluster without it", async () => {
  const stack = without(twoClusters, "gke-east-metric", "gke-west-metric");
  const east = notExported("export it there");
  expect(await findings(stack)).toEqual([
    ["mandatory", "gke-west-balancing", east],
    ["mandatory", "gke-west-balancing", east.replace("gke-east", "gke-west")],
  ]);
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("passes the good stack", async () => {
    expect(await findings(twoClustersAtFirst, { firstPreview })).toEqual([]);
  });

  test("judges what is known", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-east-pool", "spec", UNKNOWN);
    const stack = without(hidden, "gke-east-metric");
    expect(await findings(stack, { firstPreview })).toEqual([
      ["mandatory", "gke-west-balancing", notExported("export it there")],
    ]);
  });

  test.each([
    ["gke-west-balancing", `${METRICS}.0.name`, NAME_PATH],
    ["gke-west-balancing", "spec.targetRef", "spec.targetRef.kind"],
    ["gke-west-balancing", "spec.targetRef.name", "spec.targetRef.name"],
    ["gke-east-metric", "spec", "spec"],
    ["gke-east-metric", "spec.endpoints", "spec.endpoints"],
    ["gke-east-metric", "spec.endpoints.0.metrics", "spec.endpoints[0].metrics"],
    ["gke-east-metric", EXPORT, "spec.endpoints[0].metrics[0].exportName"],
  ])("of %s, advises where %s is not known yet", async (name, path, place) => {
    const stack = edited(twoClustersAtFirst, name, path, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([["advisory", name, pending(place)]]);
  });

  test("advises where it is not known whether the load balancer gets it", async () => {
    expect(await findings(fromPods({ loadBalancing: UNKNOWN }), { firstPreview })).toEqual([
      ["advisory", "gke-east-metric", pending(`${GAUGE_PATH}.loadBalancing.enabled`)],
    ]);
  });

  test("follows the target to the pool that its name comes from", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-west-balancing", "spec.targetRef.name", UNKNOWN);
    const stack = dependent(hidden, "gke-west-balancing", "spec", `${POOL_TYPE}::gke-west-pool`);
    expect(await findings(stack, { firstPreview })).toEqual([]);
    expect(await findings(without(stack, "gke-east-metric"), { firstPreview })).toEqual([
      ["mandatory", "gke-west-balancing", notExported("export it there")],
    ]);
  });

  test.each([
    ["gke-east-metric", "metadata.namespace"],
    ["gke-east-metric", SELECTOR],
    ["gke-east-server", "spec.template.metadata.labels"],
    ["gke-east-server", "spec.template.metadata.labels.app"],
    ["gke-east-pool", "spec.selector"],
    ["gke-east-pool", `${SELECTOR}.app`],
  ])("lets %s's %s be any", async (name, path) => {
    const stack = edited(twoClustersAtFirst, name, path, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });
});

test("judges each of many", async () => {
  const copies = (name: string, changes: (i: number) => Record<string, unknown> = () => ({})) =>
    Array.from({ length: 200 }, (_, i) => copied(twoClusters, name, `${name}-${i}`, changes(i)));
  const stack = [
    ...twoClusters,
    ...copies("gke-east-server"),
    ...copies("gke-east-metric", (i) => ({ [EXPORT]: `metric-${i}` })),
    ...copies("gke-west-balancing"),
  ];
  expect(await findings(stack)).toEqual([]);
});
