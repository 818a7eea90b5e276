import { UNKNOWN } from "../support/unknown";
import { workloadIdentity } from "../../nodes/workload-identity";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  merged,
  nodePool,
  withFirstPool,
  withInlinePools,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, remedied, runPolicies, unknownBut } from "../support/policies";

const POOL = "workloadIdentityConfig.workloadPool";
const MODE = "nodeConfig.workloadMetadataConfig.mode";
const FIX = 'set it to "my-project.svc.id.goog"';
const noPool = `${POOL}: is not set, so pods act as their node, and no multi-cluster gateway works; ${FIX}`;
const noMode = (path: string) =>
  `${path}: is not set, so pods act as their node in a pool that is older than the workload ` +
  'pool; set it to "GKE_METADATA"';
const otherMode = (given: string) =>
  `${MODE}: is ${given}, so pods act as their node; set it to "GKE_METADATA"`;

const LEGACY = 'nodeConfig.metadata["disable-legacy-endpoints"]';
const legacy = (off: unknown) =>
  changed(nodePool, "nodeConfig.metadata", { "disable-legacy-endpoints": off });
const oldEndpoints = (given: string) =>
  `${LEGACY}: is ${given}, so pods may read their node's credentials without the usual header; ` +
  'remove it or set it to "true"';

/** Takes its project from its provider. */
const ofProvider = (project: unknown): Registered[] => [
  { type: "pulumi:providers:gcp", name: "google", inputs: { project } },
  { ...changed(cluster, "project"), provider: "pulumi:providers:gcp::google" },
];

test.each<[string, Registered]>([
  ["the project's pool", cluster],
  ["a cluster of Autopilot, which has it anyway", autopilot],
  ["a pool in the cluster's own nodeConfig", withFirstPool],
  ["pools in the cluster", withInlinePools],
  ["a pool", nodePool],
  ["no old endpoints", legacy("true")],
  ["other metadata", changed(nodePool, "nodeConfig.metadata", { zone: "a" })],
  ["a cluster of a project that is not known", changed(cluster, "project", UNKNOWN)],
  ["a project by its number", changed(cluster, "project", "123456789012")],
  [
    "a removed pool, whatever it was to be",
    merged(cluster, { nodeConfig: { workloadMetadataConfig: { mode: "GCE_METADATA" } } }),
  ],
])("passes %s", async (_, resource) => {
  expect(await findings(workloadIdentity, resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["no workload pool", changed(cluster, "workloadIdentityConfig"), noPool],
  ["null for it", changed(cluster, POOL, null), noPool],
  [
    "no workload pool and no project",
    changed(changed(cluster, "project"), "workloadIdentityConfig"),
    noPool.replace("my-project.svc", "PROJECT_ID.svc"),
  ],
  [
    "the pool of another project",
    changed(cluster, POOL, "other.svc.id.goog"),
    `${POOL}: "other.svc.id.goog" is not the pool of the cluster's project; ${FIX}`,
  ],
  [
    "a project for a pool",
    changed(changed(cluster, "project"), POOL, "my-project"),
    `${POOL}: "my-project" is not a workload pool; set it to "PROJECT_ID.svc.id.goog"`,
  ],
  [
    "the pool of another project with Autopilot",
    merged(autopilot, { workloadIdentityConfig: { workloadPool: "x.svc.id.goog" } }),
    `${POOL}: "x.svc.id.goog" is not the pool of the cluster's project; ${FIX}`,
  ],
  [
    "a pool that does not say",
    changed(nodePool, "nodeConfig.workloadMetadataConfig"),
    noMode(MODE),
  ],
  ["a pool without a nodeConfig", changed(nodePool, "nodeConfig"), noMode(MODE)],
  ["a list for a nodeConfig", changed(nodePool, "nodeConfig", [{}]), noMode(MODE)],
  ["the machine's metadata", changed(nodePool, MODE, "GCE_METADATA"), otherMode('"GCE_METADATA"')],
  ["a number", changed(nodePool, MODE, 1), otherMode("1")],
  ["the old endpoints", legacy("false"), oldEndpoints('"false"')],
  ["the old endpoints, by a switch", legacy(false), oldEndpoints("false")],
  ["the first pool's", changed(withFirstPool, MODE, "GCE_METADATA"), otherMode('"GCE_METADATA"')],
  ["a first pool that nothing is said of", changed(withFirstPool, "nodeConfig"), noMode(MODE)],
  [
    "a pool in the cluster",
    changed(withInlinePools, `nodePools.1.${MODE}`),
    noMode(`nodePools[1].${MODE}`),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(workloadIdentity, resource)).toEqual([["mandatory", message]]);
});

test("knows the project of a cluster by its provider", async () => {
  const policies = [workloadIdentity];
  expect(await runPolicies(ofProvider("my-project"), { policies })).toEqual([]);
  expect(await runPolicies(ofProvider(UNKNOWN), { policies })).toEqual([]);
  const [violation] = await runPolicies(ofProvider("other"), { policies });
  expect(violation?.message).toBe(
    `${POOL}: "my-project.svc.id.goog" is not the pool of the cluster's project; ` +
      'set it to "other.svc.id.goog"',
  );
});

test("judges among siblings that are not known yet", async () => {
  const known = unknownBut(changed(nodePool, MODE, "GCE_METADATA").inputs, MODE);
  const message = otherMode('"GCE_METADATA"');
  expect(await findings(workloadIdentity, { ...nodePool, inputs: known })).toEqual([
    ["mandatory", message],
  ]);
});

test.each<[string, Registered, string, string]>([
  ["a cluster's workload pool", cluster, POOL, POOL],
  ["all about it", cluster, "workloadIdentityConfig", POOL],
  ["a pool's nodeConfig", nodePool, "nodeConfig", MODE],
  ["a pool's metadata", nodePool, "nodeConfig.metadata", LEGACY],
  ["whether the first pool stays", withFirstPool, "removeDefaultNodePool", "removeDefaultNodePool"],
  ["whether it is Autopilot", withFirstPool, "enableAutopilot", "enableAutopilot"],
  ["a cluster's list of pools", withInlinePools, "nodePools", "nodePools"],
])("advises where %s is not known yet", async (_, resource, path, place) => {
  const unknown = changed(resource, path, UNKNOWN);
  expect(await findings(workloadIdentity, unknown)).toEqual([["advisory", pending(place)]]);
});

test("mends it where it may", async () => {
  const clusters = [
    changed(cluster, "workloadIdentityConfig"),
    changed(cluster, POOL, "other.svc.id.goog"),
  ];
  for (const broken of clusters) {
    expect(await remedied(broken, workloadIdentity)).toEqual(cluster.inputs);
  }
  for (const broken of [changed(nodePool, MODE), changed(nodePool, MODE, "GCE_METADATA")]) {
    expect(await remedied(broken, workloadIdentity)).toEqual(nodePool.inputs);
  }
});

test.each<[string, Registered]>([
  ["right", cluster],
  ["a right pool", nodePool],
  ["Autopilot's to decide", autopilot],
  ["of no known project", changed(changed(cluster, "project", UNKNOWN), POOL)],
  ["not known yet", changed(cluster, POOL, UNKNOWN)],
  ["a pool's and not known yet", changed(nodePool, "nodeConfig", UNKNOWN)],
  ["a first pool, for which the cluster would be replaced", changed(withFirstPool, MODE)],
  ["perhaps Autopilot's", merged(changed(cluster, POOL), { enableAutopilot: UNKNOWN })],
])("leaves alone what is %s", async (_, resource) => {
  expect(await remedied(resource, workloadIdentity)).toBeUndefined();
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(workloadIdentity));
