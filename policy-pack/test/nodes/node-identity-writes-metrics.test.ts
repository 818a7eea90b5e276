import { UNKNOWN } from "../support/unknown";
import { nodeIdentityWritesMetrics } from "../../nodes/node-identity-writes-metrics";
import * as good from "../fixtures/identity";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const WRITER = "roles/autoscaling.metricsWriter";
const RECORDER = "roles/monitoring.metricWriter";
const FIX = "give it to this account with an IAM member of the project";

const noWriter = (clusters = "eu and us") =>
  `accountId: nodes of ${clusters} run as this account, which has no ${WRITER}, ` +
  `so the load balancer gets no metric to balance on; ${FIX}`;
const noRecorder =
  `accountId: nodes of eu and us run as this account, which has no ${RECORDER}, ` +
  `so no metric of the model servers is recorded; ${FIX}`;

const [writes, records] = good.metricsGrants;
const stack = [
  good.account,
  good.clusterEu,
  good.clusterUs,
  good.gpusEu,
  good.gpusUs,
  good.providerEu,
  good.providerUs,
  good.metricEu,
  good.metricUs,
];

async function findings(
  resources: readonly (Registered | undefined)[],
  options: RunOptions = { firstPreview: true },
) {
  const policies = [nodeIdentityWritesMetrics];
  const there = resources.filter((resource) => resource !== undefined);
  const violations = await runPolicies(there, { policies, ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

test.each<[string, readonly (Registered | undefined)[]]>([
  ["both roles", [...stack, writes, records]],
  [
    "Google's role for nodes",
    [...stack, good.grant("n", "roles/container.defaultNodeServiceAccount")],
  ],
  ["a custom role, which may hold both", [...stack, good.grant("c", "projects/p/roles/nodes")]],
  ["a stack without metrics", stack.slice(0, 5)],
  ["a stack without GKE", [good.metricEu]],
  [
    "nodes of an account that this stack does not make",
    [
      good.clusterEu,
      good.nodePool("gpus", "eu", { serviceAccount: "other@p.iam.gserviceaccount.com" }),
      good.providerEu,
      good.metricEu,
    ],
  ],
  [
    "an account of which nothing is known",
    [
      good.clusterEu,
      good.nodePool("gpus", "eu", { serviceAccount: UNKNOWN }),
      good.providerEu,
      good.metricEu,
    ],
  ],
  ["an account that only a cluster without metrics has", [...withoutUs(), good.gpusUs]],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

const under = (grant: Registered | undefined, expression: unknown) =>
  grant && changed(grant, "condition", { title: "t", expression });
const until = (time: string) => `request.time < timestamp("${time}")`;
const onlyWhile = {
  writes:
    `condition: nodes have ${WRITER} only while this condition holds; remove it, or check that it ` +
    "always holds",
};

test.each<[string, Registered | undefined, unknown[][]]>([
  [
    "a role that ends one day",
    under(writes, until("2999-01-01T00:00:00Z")),
    [["advisory", "autoscaling", onlyWhile.writes]],
  ],
  [
    "a role under a condition that is not known yet",
    under(writes, UNKNOWN),
    [["advisory", "autoscaling", onlyWhile.writes]],
  ],
  [
    "a role that is over",
    under(writes, until("2020-01-01T00:00:00Z")),
    [["mandatory", "nodes", noWriter()]],
  ],
])("finds %s", async (_, grant, expected) => {
  expect(await findings([...stack, grant, records])).toEqual(expected);
});

test("does not mind a condition of one of two grants", async () => {
  const limited = under(good.grant("limited", WRITER), until("2999-01-01T00:00:00Z"));
  expect(await findings([...stack, limited, writes, records])).toEqual([]);
});

test("counts a role in the project of the cluster", async () => {
  const inProject = (project: string) => [
    ...stack.map((each) => {
      const isCluster = each.type === good.CLUSTER;
      return isCluster ? changed(each, "project", project) : each;
    }),
    writes,
    records,
  ];
  expect(await findings(inProject("my-project"))).toEqual([]);
  expect(await findings(inProject("123456"))).toEqual([]);
  expect(await findings(inProject("other"))).toEqual([
    ["mandatory", "nodes", noWriter()],
    ["mandatory", "nodes", noRecorder],
  ]);
});

test.each<[string, readonly (Registered | undefined)[], string[]]>([
  ["neither role", stack, [noWriter(), noRecorder]],
  ["no role to write", [...stack, records], [noWriter()]],
  ["no role to record", [...stack, writes], [noRecorder]],
  [
    "another role in its place",
    [...stack, good.grant("viewer", "roles/monitoring.viewer"), writes],
    [noRecorder],
  ],
  ["null for a role", [...stack, good.grant("null", null), writes], [noRecorder]],
  [
    "the role of another account",
    [...stack, records, { ...good.grant("other", WRITER), propertyDependencies: {} }],
    [noWriter()],
  ],
  [
    "metrics in one cluster only",
    [...stack.filter(({ name }) => name !== "metric-us"), records],
    [noWriter("eu")],
  ],
  [
    "metrics by a generated class",
    [...stack.map((each) => (each.name.startsWith("metric") ? asGenerated(each) : each)), records],
    [noWriter()],
  ],
])("fails %s", async (_, resources, messages) => {
  const expected = messages.map((message) => ["mandatory", "nodes", message]);
  expect(await findings(resources)).toEqual(expected);
});

test("knows the account by its email", async () => {
  const resources = [...stack, records].flatMap((each) => (each ? good.known(each) : []));
  const placed = resources.map((each, i) => ({ ...each, provider: stack[i]?.provider }));
  const linked = placed.map((each) => {
    const { propertyDependencies } = stack.find(({ name }) => name === each.name) ?? {};
    return each.type === good.PROVIDER ? { ...each, propertyDependencies } : each;
  });
  expect(await findings(linked, {})).toEqual([["mandatory", "nodes", noWriter()]]);
});

test("finds the account behind the grants that the email waits for", async () => {
  const urns = [`${good.IAM_MEMBER}::monitoring`];
  const waiting = stack.map((each) => {
    const { nodeConfig, ...others } = each.propertyDependencies ?? {};
    const isPool = nodeConfig !== undefined;
    return isPool ? { ...each, propertyDependencies: { ...others, nodeConfig: urns } } : each;
  });
  expect(await findings([...waiting, records])).toEqual([["mandatory", "nodes", noWriter()]]);
});

test("judges what Autopilot's nodes run as", async () => {
  const place = { autoProvisioningDefaults: { serviceAccount: UNKNOWN } };
  const auto: Registered = {
    ...good.clusterEu,
    inputs: { name: "eu", enableAutopilot: true, clusterAutoscaling: place },
    propertyDependencies: { clusterAutoscaling: [`${good.ACCOUNT}::nodes`] },
  };
  expect(await findings([good.account, auto, good.providerEu, good.metricEu, records])).toEqual([
    ["mandatory", "nodes", noWriter("eu")],
  ]);
});

test("takes a binding for a grant", async () => {
  const binding: Registered = {
    type: "gcp:projects/iAMBinding:IAMBinding",
    name: "binding",
    inputs: { role: WRITER, members: [UNKNOWN] },
    propertyDependencies: { members: [`${good.ACCOUNT}::nodes`] },
  };
  expect(await findings([...stack, records, binding])).toEqual([]);
});

test("advises where a role is not known yet", async () => {
  expect(await findings([...stack, good.grant("some", UNKNOWN), records])).toEqual([
    ["advisory", "some", pending("role")],
  ]);
  expect(await findings([...stack, good.grant("some", UNKNOWN), records, writes])).toEqual([]);
});

test.each([null, [], "nodes", { nodeConfig: [] }])(
  "does not mind %j for a pool",
  async (inputs) => {
    const odd = changed(good.gpusEu, "nodeConfig", inputs);
    const resources = stack.map((each) => (each === good.gpusEu ? odd : each));
    expect(await findings([...resources, writes, records])).toEqual([]);
  },
);

/** Metrics in one cluster, whose nodes run as an account of another stack. */
function withoutUs(): Registered[] {
  const elsewhere = { serviceAccount: "other@p.iam.gserviceaccount.com" };
  const [account, eu, us] = stack;
  return [
    account,
    eu,
    us,
    good.providerEu,
    good.metricEu,
    good.nodePool("e", "eu", elsewhere),
  ].filter((each) => each !== undefined);
}
