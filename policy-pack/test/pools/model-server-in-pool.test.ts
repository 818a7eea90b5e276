import { UNKNOWN } from "../support/unknown";
import { modelServerInPool } from "../../pools/model-server-in-pool";
import { pending } from "../fixtures/messages";
import { asGenerated } from "../fixtures/stack";
import {
  copied,
  dependent,
  edited,
  objectsOnly,
  twoClusters,
  twoClustersAtFirst,
  without,
} from "../fixtures/twoClusters";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const LABELS = "spec.template.metadata.labels";
const SELECTOR = "spec.selector.matchLabels";

const findings = findingsOf(modelServerInPool);

const missingHere = (name = "llm") =>
  `${LABELS}: cluster gke-east has no pool llm/${name}, which selects such pods in cluster ` +
  "gke-west; create that pool here too, by the same name";
const inNone = (namespace = "llm") =>
  `${LABELS}: no InferencePool in namespace ${namespace} of cluster gke-east selects these pods; ` +
  "create one there, or give them the labels that a pool there selects";
const selectsNone = (given: string) =>
  `${SELECTOR}: ${given} selects no pods in namespace llm of cluster gke-east; ` +
  'write labels that the pods of gke-east-server have: {"app":"llm","engine":"vllm"}';

const gpuJob = (kind: string, version: string) => ({
  ...copied(twoClusters, "gke-east-server", "training", {
    kind,
    apiVersion: version,
    [LABELS]: { app: "training" },
  }),
  type: `kubernetes:${version}:${kind}`,
});

const asLeaderWorkerSet = (labels: object, selector: object): readonly Registered[] => {
  const spec = { containers: [{ resources: { requests: { "nvidia.com/gpu": 8 } } }] };
  const set = {
    ...copied(twoClusters, "gke-east-server", "gke-east-server", {
      apiVersion: "leaderworkerset.x-k8s.io/v1",
      kind: "LeaderWorkerSet",
      spec: {
        leaderWorkerTemplate: {
          leaderTemplate: { metadata: { labels }, spec },
          workerTemplate: { metadata: { labels: { role: "worker" } }, spec },
        },
      },
    }),
    type: "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
  };
  const rest = edited(without(twoClusters, "gke-east-server"), "gke-east-pool", SELECTOR, selector);
  return [...rest, set];
};

test.each<[string, readonly Registered[]]>([
  ["a pool with model servers in each cluster", twoClusters],
  ["clusters that another stack makes", objectsOnly],
  ["model servers without any pool", without(twoClusters, "gke-east-pool", "gke-west-pool")],
  ["pools without any model server", without(twoClusters, "gke-east-server", "gke-west-server")],
  ["a cluster that has neither", without(twoClusters, "gke-east-server", "gke-east-pool")],
  ["a pool that is not exported", edited(twoClusters, "gke-east-pool", "metadata.annotations")],
  ["a job that asks for GPUs", [...twoClusters, gpuJob("Job", "batch/v1")]],
  [
    "pods that ask for no GPU",
    [...twoClusters, copied(twoClusters, "gke-east-picker", "other", { [LABELS]: { app: "x" } })],
  ],
  [
    "pods that ask for zero GPUs",
    edited(
      edited(twoClusters, "gke-east-server", LABELS, { app: "x" }),
      "gke-east-server",
      "spec.template.spec.containers",
      [{ resources: { limits: { "nvidia.com/gpu": 0 } } }],
    ).filter(({ name }) => name !== "gke-east-pool"),
  ],
  [
    "a pool for the leaders of a LeaderWorkerSet",
    asLeaderWorkerSet(
      { role: "leader" },
      { role: "leader", "leaderworkerset.sigs.k8s.io/worker-index": "0" },
    ),
  ],
  [
    "a pool that selects by a controller's own labels",
    edited(twoClusters, "gke-east-pool", SELECTOR, { "apps.kubernetes.io/pod-index": "0" }),
  ],
  [
    "the provider's namespace",
    ["gke-east-pool", "gke-east-server"].reduce<readonly Registered[]>(
      (stack, name) => edited(stack, name, "metadata.namespace"),
      edited(twoClusters, "gke-east-provider", "namespace", "llm"),
    ),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, readonly Registered[], [string, string][]]>([
  [
    "a cluster without the pool",
    without(twoClusters, "gke-east-pool"),
    [["gke-east-server", missingHere()]],
  ],
  [
    "a misspelt selector",
    edited(twoClusters, "gke-east-pool", SELECTOR, { app: "lm" }),
    [
      ["gke-east-server", missingHere()],
      ["gke-east-pool", selectsNone('{"app":"lm"}')],
    ],
  ],
  [
    "no selector",
    edited(twoClusters, "gke-east-pool", "spec"),
    [
      ["gke-east-server", missingHere()],
      ["gke-east-pool", selectsNone("is not set, so it")],
    ],
  ],
  [
    "an empty selector",
    edited(twoClusters, "gke-east-pool", SELECTOR, {}),
    [
      ["gke-east-server", missingHere()],
      ["gke-east-pool", selectsNone("{}")],
    ],
  ],
  [
    "a number in a selector",
    edited(twoClusters, "gke-east-pool", SELECTOR, { app: 5 }),
    [
      ["gke-east-server", missingHere()],
      ["gke-east-pool", selectsNone('{"app":5}')],
    ],
  ],
  [
    "a pool in another namespace",
    edited(twoClusters, "gke-east-pool", "metadata.namespace", "other"),
    [
      ["gke-east-server", missingHere()],
      [
        "gke-east-pool",
        `${SELECTOR}: {"app":"llm"} selects no pods in namespace other of cluster gke-east; ` +
          "run the model servers there, or remove the pool",
      ],
    ],
  ],
  [
    "a model server with other labels",
    [
      ...twoClusters,
      copied(twoClusters, "gke-east-server", "stray", { [LABELS]: { app: "stray" } }),
    ],
    [["stray", inNone()]],
  ],
  [
    "a model server without labels",
    [...twoClusters, copied(twoClusters, "gke-east-server", "stray", { [LABELS]: undefined })],
    [["stray", inNone()]],
  ],
  [
    "a list for labels",
    [...twoClusters, copied(twoClusters, "gke-east-server", "stray", { [LABELS]: ["app"] })],
    [["stray", inNone()]],
  ],
  [
    "a model server in a namespace of its own",
    [
      ...twoClusters,
      copied(twoClusters, "gke-east-server", "stray", { "metadata.namespace": undefined }),
    ],
    [["stray", inNone("default")]],
  ],
  [
    "pools of different names",
    edited(twoClusters, "gke-east-pool", "metadata.name", "llm-east"),
    [
      [
        "gke-west-server",
        `${LABELS}: these pods are in pool llm/llm, but such pods are in pool llm/llm-east in ` +
          "cluster gke-east; give the pools one name, so that a gateway takes them for one backend",
      ],
    ],
  ],
  [
    "a LeaderWorkerSet whose leaders are in no pool",
    asLeaderWorkerSet({ role: "boss" }, { role: "leader" }),
    [
      [
        "gke-east-server",
        "spec.leaderWorkerTemplate.leaderTemplate.metadata.labels: no InferencePool in namespace " +
          "llm of cluster gke-east selects these pods; create one there, or give them the labels " +
          "that a pool there selects",
      ],
      [
        "gke-east-pool",
        `${SELECTOR}: {"role":"leader"} selects no pods in namespace llm of cluster gke-east; ` +
          'write labels that the pods of gke-east-server have: {"role":"boss"}',
      ],
    ],
  ],
])("fails %s", async (_, resources, expected) => {
  expect(await findings(resources)).toEqual(expected.map((each) => ["mandatory", ...each]));
  expect(await findings(resources.map(asGenerated))).toEqual(
    expected.map((each) => ["mandatory", ...each]),
  );
});

test("names the provider where the cluster is another stack's", async () => {
  const [[, , message] = []] = await findings(without(objectsOnly, "gke-east-pool"));
  expect(message).toBe(
    missingHere().replace("gke-east", "gke-east-provider").replace("gke-west", "gke-west-provider"),
  );
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("passes the good stack", async () => {
    expect(await findings(twoClustersAtFirst, { firstPreview })).toEqual([]);
  });

  test("judges what is known", async () => {
    const stack = edited(
      without(twoClustersAtFirst, "gke-east-pool"),
      "gke-east-server",
      "spec.template.spec.nodeSelector",
      UNKNOWN,
    );
    expect(await findings(stack, { firstPreview })).toEqual([
      ["mandatory", "gke-east-server", missingHere()],
    ]);
  });

  test("takes a namespace from the resource it comes from", async () => {
    const source = "kubernetes:core/v1:Namespace::gke-east-namespace";
    const stack = ["gke-east-pool", "gke-east-server"].reduce<readonly Registered[]>(
      (resources, name) => {
        const hidden = edited(resources, name, "metadata.namespace", UNKNOWN);
        return dependent(hidden, name, "metadata", source);
      },
      twoClustersAtFirst,
    );
    expect(await findings(stack, { firstPreview })).toEqual([]);
    expect(await findings(without(stack, "gke-east-pool"), { firstPreview })).toEqual([
      ["mandatory", "gke-east-server", missingHere()],
    ]);
  });

  test.each([
    ["gke-east-server", LABELS, LABELS],
    ["gke-east-server", "metadata.namespace", "metadata.namespace"],
    ["gke-east-pool", SELECTOR, SELECTOR],
    ["gke-east-pool", "spec", SELECTOR],
    ["gke-east-pool", "metadata.namespace", "metadata.namespace"],
  ])("of %s, advises where %s is not known yet", async (name, path, place) => {
    const stack = edited(twoClustersAtFirst, name, path, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([["advisory", name, pending(place)]]);
  });

  test("sees no model server where it is not known what the containers ask for", async () => {
    const stack = edited(twoClustersAtFirst, "gke-east-server", "spec.template", UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });

  test.each(["metadata.name", `${SELECTOR}.app`])("lets %s be unknown", async (path) => {
    const stack = edited(twoClustersAtFirst, "gke-east-pool", path, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });

  test("lets a label's value be unknown", async () => {
    const stack = edited(twoClustersAtFirst, "gke-east-server", `${LABELS}.app`, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });
});

const parked = edited(twoClusters, "gke-east-server", "spec.replicas", 0);
const started = copied(twoClusters, "gke-east-server", "another", { "spec.replicas": 1 });

test("advises against a pool all of whose servers are switched off", async () => {
  expect(await findings(parked)).toEqual([
    [
      "advisory",
      "gke-east-server",
      "spec.replicas: is 0, so the pool of these pods in namespace llm of cluster gke-east has no " +
        "server; run at least one, or drain the region",
    ],
  ]);
});

test.each<[string, Registered]>([
  ["another server of the pool", started],
  [
    "an autoscaler",
    {
      type: "kubernetes:keda.sh/v1alpha1:ScaledObject",
      name: "scaler",
      inputs: { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", spec: {} },
    },
  ],
])("lets servers be switched off beside %s", async (_, resource) => {
  expect(await findings([...parked, resource])).toEqual([]);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    copied(twoClusters, "gke-east-server", `server-${i}`, { [LABELS]: { app: `llm-${i % 50}` } }),
  );
  const { length } = await findings([...twoClusters, ...many]);
  expect(length).toBe(300);
});
