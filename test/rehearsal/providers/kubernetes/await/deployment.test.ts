import { KubeObject } from "../../../../../rehearsal/kube/objects";
import { deployment } from "../../../../../rehearsal/providers/kubernetes/await/deployment";

const REVISION = "deployment.kubernetes.io/revision";
const AVAILABLE = { type: "Available", status: "True", reason: "R", message: "m" };
const ROLLED_OUT = {
  type: "Progressing",
  status: "True",
  reason: "NewReplicaSetAvailable",
  message: "m",
};

interface World {
  revision?: string;
  generation?: number;
  status?: object;
  volumes?: object[];
  neighbours?: KubeObject[];
}

function judge({ revision = "1", generation = 1, status, volumes, neighbours = [] }: World) {
  const object = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "web",
      namespace: "n",
      uid: "d",
      generation,
      annotations: { [REVISION]: revision },
    },
    spec: { replicas: 2, template: { spec: { volumes } } },
    status: { observedGeneration: 1, conditions: [AVAILABLE], ...status },
  };
  const related = (kind: string) => neighbours.filter((n) => n.kind === kind);
  return deployment.judge({ object, related, quietSeconds: () => 0 });
}

function replicaSet(ready: number, { revision = "1", replicas = 2, owner = "d" } = {}): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `web-${revision}`,
      uid: `rs-${revision}`,
      annotations: { [REVISION]: revision },
      ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: owner }],
    },
    spec: { replicas },
    status: ready === 0 ? {} : { readyReplicas: ready },
  };
}

const pod = (name: string, status: object, owner = "rs-1"): KubeObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name,
    namespace: "n",
    ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "r", uid: owner }],
  },
  status,
});

const claim = (phase: string): KubeObject => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "data" },
  status: { phase },
});

it.each<[string, World]>([
  ["its first revision", { neighbours: [replicaSet(2)] }],
  ["no replicas wanted", { neighbours: [replicaSet(0, { replicas: 0 })] }],
  [
    "a later revision that is rolled out",
    {
      revision: "2",
      status: { conditions: [AVAILABLE, ROLLED_OUT] },
      neighbours: [replicaSet(0), replicaSet(2, { revision: "2" })],
    },
  ],
  [
    "a claim that is bound",
    {
      volumes: [{ persistentVolumeClaim: { claimName: "data" } }],
      neighbours: [replicaSet(2), claim("Bound")],
    },
  ],
])("is ready with %s", (_, world) => {
  expect(judge(world)).toEqual({ is: "ready" });
});

const LIVE = "Minimum number of Pods to consider the application live was not attained";
it.each<[string, World, string, string]>([
  [
    "generation that its controller has not seen",
    { generation: 2, neighbours: [replicaSet(2)] },
    "The Deployment's controller has not seen its newest generation",
    "2/2",
  ],
  [
    "pod not ready",
    { neighbours: [replicaSet(1)] },
    "Minimum number of Pods to consider the application live was not attained",
    "1/2",
  ],
  ["ReplicaSet of its own", { neighbours: [replicaSet(2, { owner: "other" })] }, LIVE, "0/2"],
  [
    "Available condition",
    { status: { conditions: [] }, neighbours: [replicaSet(2)] },
    "Minimum number of live Pods was not attained",
    "2/2",
  ],
  [
    "roll-out that is not over",
    { revision: "2", neighbours: [replicaSet(2, { revision: "2" })] },
    LIVE,
    "2/2",
  ],
  [
    "new ReplicaSet that is not ready",
    {
      revision: "2",
      status: { conditions: [AVAILABLE, ROLLED_OUT] },
      neighbours: [replicaSet(2), replicaSet(1, { revision: "2" })],
    },
    "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live",
    "1/2",
  ],
  [
    "claim that is not bound",
    {
      volumes: [{ emptyDir: {} }, { persistentVolumeClaim: { claimName: "data" } }],
      neighbours: [replicaSet(2), claim("Pending")],
    },
    'Failed to bind PersistentVolumeClaim(s): "data"',
    "2/2",
  ],
])("waits for a %s", (_, world, reason, counts) => {
  expect(judge(world)).toEqual({
    is: "waiting",
    status: `Waiting for app ReplicaSet to be available (${counts} Pods available)`,
    reasons: [reason],
  });
});

it("tells what its conditions, the scheduler and the kubelet complain of", () => {
  const unscheduled = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message: "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.",
  };
  const unready = {
    type: "Ready",
    status: "False",
    reason: "ContainersNotReady",
    message: "containers with unready status: [vllm]",
  };
  const waiting = { reason: "ImagePullBackOff", message: "no such image" };
  const crashed = { reason: "Error", exitCode: 1, finishedAt: "2026-01-01T00:00:00Z" };
  const verdict = judge({
    status: {
      conditions: [
        { ...AVAILABLE, status: "False", reason: "MinimumReplicasUnavailable", message: "too few" },
        { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: "quota" },
        { ...ROLLED_OUT, status: "False", reason: "ProgressDeadlineExceeded", message: "late" },
      ],
    },
    neighbours: [
      replicaSet(0),
      pod("a", { conditions: [unscheduled] }),
      pod("b", {
        conditions: [unready],
        containerStatuses: [
          { name: "vllm", state: { waiting }, lastState: { terminated: crashed } },
          { name: "side", ready: true, state: { waiting } },
        ],
        initContainerStatuses: [
          { name: "new", state: { waiting: { reason: "PodInitializing" } } },
          { name: "failed", state: { terminated: { reason: "Error", exitCode: 3 } } },
          { name: "done", state: { terminated: { reason: "Completed", exitCode: 0 } } },
        ],
      }),
      pod("quiet", { conditions: [{ type: "PodScheduled", status: "True" }] }),
      pod("foreign", { conditions: [unscheduled] }, "rs-other"),
    ],
  });
  expect(verdict.is === "waiting" && verdict.reasons).toEqual([
    "[ProgressDeadlineExceeded] late",
    "[MinimumReplicasUnavailable] too few",
    "[FailedCreate] quota",
    "Minimum number of live Pods was not attained",
    "[Pod n/a]: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu.",
    "[Pod n/b]: containers with unready status: [vllm]; " +
      'container "failed": [Error] exit code 3; ' +
      'container "vllm": [ImagePullBackOff] no such image; ' +
      'container "vllm" terminated at 2026-01-01T00:00:00Z (Error: exit code 1)',
  ]);
});
