import type { EngineEvent, StepMetadata } from "../../../operations/eventLog/event";
import { readEventLog } from "../../../operations/eventLog/read";
import { resourceOf } from "../../../operations/eventLog/resource";
import { type Drift, driftIn } from "../../../operations/drift/drift";
import { mendingOf } from "../../../operations/drift/mending";
import { reportOf } from "../../../operations/drift/report";
import { drifts as rehearsed } from "../../../rehearsal/scenarios/changes/drift/table";
import { recorded } from "../eventLog/recorded";

function foundIn(name: string) {
  return driftIn(readEventLog(recorded(name)).events);
}

test("the drift of the rehearsal is found and mended as its table says", () => {
  const { drifts, noise } = foundIn("drift");
  const said = drifts.map((drift) => ({ ...where(drift), force: mendingOf(drift).force }));
  const table = rehearsed.map(({ seen, refused }) => {
    const [type = "", name] = seen.resource.split("::");
    const kind = type.slice(type.lastIndexOf(":") + 1);
    return { kind, name, path: seen.properties[0], force: refused !== undefined };
  });
  expect(said).toHaveLength(rehearsed.length);
  expect(said).toEqual(expect.arrayContaining(table));
  expect(noise).toEqual([]);
});

test("GKE's upgrade, a resize and annotations of controllers are no drift", () => {
  expect(foundIn("no-drift")).toEqual({ drifts: [], noise: [] });
});

test("the report names each field and who mends it", () => {
  expect(reportOf("dev", foundIn("drift"))).toBe(`<!-- inference-gateway drift:dev -->
6 resources of stack \`dev\` differ from the program: they were changed outside of it.

| cluster | resource | field | who mends it |
| --- | --- | --- | --- |
|  | Firewall \`network-load-balancer\` | **deleted** | \`up --refresh\` creates it again |
| \`gke-east\` | Deployment \`gke-east\` | \`spec.replicas\` | \`up --refresh\` reverts it |
| \`gke-east\` | InferencePool \`gke-east-pool\` | \`metadata.annotations\` | \`up --refresh\` reverts it |
| \`gke-west\` | GCPBackendPolicy \`cross-region-gateway-backend-policy\` | \`spec.default.customMetrics[0].maxUtilizationPercent\` | its owner \`kubectl-edit\`; or \`up --refresh\` by force; or you, with the value in the stack file |
| \`gke-west\` | HealthCheckPolicy \`cross-region-gateway-health-check\` | **deleted** | \`up --refresh\` creates it again |
| \`gke-west\` | NodePool \`gke-west-gpu\` | \`autoscaling.totalMaxNodeCount\` | \`up --refresh\` reverts it |

\`\`\`sh
PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up --refresh --stack dev
\`\`\`

Without force, preview and \`up\` fail and change nothing as long as another tool owns a field.
docs/operations.md, "Reverting manual changes", has the details. This issue closes when the drift is gone.
`);
});

test("the report of the same drift is the same, in whatever order the engine has read it", () => {
  const { events } = readEventLog(recorded("drift"));
  expect(reportOf("dev", driftIn([...events].reverse()))).toBe(reportOf("dev", driftIn(events)));
});

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const NODE_POOL = "gcp:container/nodePool:NodePool";
const CLUSTER = "gcp:container/cluster:Cluster";

test.each<[string, string, object, string | undefined]>([
  [DEPLOYMENT, "spec.replicas", {}, "the HorizontalPodAutoscaler"],
  [DEPLOYMENT, "spec.replicas", { spec: { replicas: 2 } }, undefined],
  [DEPLOYMENT, "status.readyReplicas", {}, "the object's controller"],
  [DEPLOYMENT, "metadata.resourceVersion", {}, "the API server"],
  [
    DEPLOYMENT,
    'metadata.annotations["deployment.kubernetes.io/revision"]',
    { metadata: { annotations: { mine: "1" } } },
    "a controller of Kubernetes or GKE",
  ],
  [
    "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    'metadata.annotations["networking.gke.io/firewalls"]',
    {},
    "a controller of Kubernetes or GKE",
  ],
  [
    "kubernetes:inference.networking.k8s.io/v1:InferencePool",
    'metadata.annotations["networking.gke.io/export"]',
    { metadata: { annotations: { "networking.gke.io/export": "True" } } },
    undefined,
  ],
  [DEPLOYMENT, 'metadata.annotations["corp.example/owner"]', {}, undefined],
  [
    DEPLOYMENT,
    "spec.template.spec.containers[1]",
    { spec: { template: { spec: { containers: [{}] } } } },
    undefined,
  ],
  [NODE_POOL, "version", {}, "GKE, with each upgrade of the nodes"],
  [NODE_POOL, "nodeCount", {}, "GKE's cluster autoscaler"],
  [NODE_POOL, "nodeCount", { nodeCount: 3 }, undefined],
  [NODE_POOL, "nodeConfig.machineType", { nodeConfig: { machineType: "g2" } }, undefined],
  [CLUSTER, "masterVersion", {}, "GKE, with each upgrade and each node pool"],
  [CLUSTER, "minMasterVersion", { minMasterVersion: "1.35" }, undefined],
  [CLUSTER, 'resourceLabels["goog-gke-x"]', { resourceLabels: { team: "ml" } }, "Google"],
  [CLUSTER, 'resourceLabels["team"]', { resourceLabels: {} }, undefined],
  [CLUSTER, "addonsConfig.httpLoadBalancing", {}, undefined],
  ["gcp:gkehub/feature:Feature", "resourceStates[0]", {}, "the fleet's controllers"],
])("%s: %s, with the inputs %j, is written by %s", (type, path, inputs, writer) => {
  const { drifts, noise } = driftIn(refresh(type, path, inputs));
  expect(noise.map((each) => each.writer)).toEqual(writer === undefined ? [] : [writer]);
  expect(drifts).toHaveLength(writer === undefined ? 1 : 0);
});

test("noise beside drift is listed, with who writes it", () => {
  const events = [...refresh(NODE_POOL, "version", {}), ...refresh(NODE_POOL, "x", {}, "other")];
  expect(reportOf("dev", driftIn(events))).toContain(
    "\nNot drift, because the program does not set them: NodePool `pool` `version` (GKE, with each upgrade of the nodes).\n",
  );
});

const MANAGED = {
  metadata: {
    managedFields: [
      { manager: "pulumi-kubernetes-1", fieldsV1: { "f:spec": { "f:a": {}, "f:l": {} } } },
      { manager: "kubelet", subresource: "status", fieldsV1: { "f:spec": { "f:s": {} } } },
      { manager: "kubectl-edit", fieldsV1: { "f:spec": { "f:b": { "f:c": {} }, "f:s2": {} } } },
      {
        manager: "argocd",
        fieldsV1: {
          "f:metadata": { "f:annotations": { "f:x.y/z": {} } },
          "f:items": { 'k:{"name":"n"}': {} },
        },
      },
    ],
  },
};

test.each([
  ["spec.a", undefined],
  ["spec.l[0].m", undefined],
  ["spec.s", undefined],
  ["spec.b.c", "kubectl-edit"],
  ["spec.b.d", undefined],
  ["spec.b", "kubectl-edit"],
  ["spec.s2[0].any", "kubectl-edit"],
  ['metadata.annotations["x.y/z"]', "argocd"],
  ["items[0].port", "argocd"],
])("the owner of %s is %s", (path, owner) => {
  const [first] = driftIn(refresh("kubernetes:a/v1:B", path, {}, "pool", MANAGED)).drifts;
  expect(first?.owner).toBe(owner);
});

test("an object that the program forces needs no force of the user", () => {
  const annotations = { "pulumi.com/patchForce": "true" };
  const inputs = { metadata: { annotations } };
  const [first] = driftIn(refresh("kubernetes:a/v1:B", "spec.b.c", inputs, "pool", MANAGED)).drifts;
  expect(first).toMatchObject({ owner: "kubectl-edit", forced: true });
  expect(first && mendingOf(first)).toEqual({ how: "`up --refresh` reverts it", force: false });
});

test("a report that does not fit into an issue is cut, with a sentence", () => {
  const events = [...Array(2000).keys()].flatMap((i) => refresh(NODE_POOL, "a.b", {}, `pool-${i}`));
  const report = reportOf("dev", driftIn(events));
  expect(report.length).toBeLessThanOrEqual(65_536);
  expect(report).toMatch(
    /\n\n[\d,]+ more rows do not fit into an issue; `pulumi refresh --preview-only --diff` shows all\.\n/,
  );
});

function where({ resource, path }: Drift) {
  return { ...resource, path };
}

/** What the engine writes of a refresh that finds one difference. */
function refresh(
  type: string,
  path: string,
  inputs: object,
  name = "pool",
  outputs: object = {},
): EngineEvent[] {
  const urn = `urn:pulumi:dev::inference-gateway::${type}::${name}`;
  const metadata = {
    urn,
    type,
    old: { custom: true, inputs: inputs as Record<string, unknown> },
    new: { custom: true, outputs: outputs as Record<string, unknown> },
  };
  const detailedDiff = { [path]: { diffKind: "update" } };
  return [
    { resourcePreEvent: { metadata: { ...metadata, op: "refresh" } satisfies StepMetadata } },
    { resOutputsEvent: { metadata: { ...metadata, op: "update", detailedDiff } } },
  ];
}

test("the names of the tables are those of the log", () => {
  expect(resourceOf("urn:pulumi:dev::p::a:index:C$gcp:x/y:Z::n")).toBe("gcp:x/y:Z::n");
});
