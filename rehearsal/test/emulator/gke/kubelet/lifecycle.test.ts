import { nextStatus, Surroundings } from "../../../../emulator/gke/kubelet/lifecycle";
import { Container, Node, Pod, PodStatus } from "../../../../emulator/gke/world/kinds";
import { clusterSpec, FakeCloud, FakeCluster, object } from "../support/world";

const NODE = object("Node", "n1", {
  spec: { podCIDR: "10.4.0.0/24" },
  status: { addresses: [{ type: "InternalIP", address: "10.128.0.2" }] },
}) as Node;

function surroundings(over: Partial<Surroundings> = {}): Surroundings {
  return {
    objects: new FakeCluster(clusterSpec("c", "us-east4")),
    cloud: new FakeCloud(),
    node: NODE,
    neighbours: [],
    pods: [],
    passed: () => true,
    reallyPassed: () => true,
    podAddress: () => "10.4.0.7",
    ...over,
  };
}

const SCHEDULED = { type: "PodScheduled", status: "True" as const };

function pod(spec: object): Pod {
  const containers: Container[] = [{ name: "main", image: "busybox" }];
  const status = { phase: "Pending", qosClass: "BestEffort", conditions: [SCHEDULED] };
  return object("Pod", "default/p", { spec: { nodeName: "n1", containers, ...spec }, status });
}

/** Each container in a word, then the phase and the conditions that hold. */
function picture({
  initContainerStatuses = [],
  containerStatuses = [],
  phase,
  conditions = [],
}: PodStatus) {
  const states = [...initContainerStatuses, ...containerStatuses].map(({ name, state, ready }) => {
    const { waiting, terminated } = state;
    return `${name}:${waiting?.reason ?? terminated?.reason ?? (ready ? "ready" : "running")}`;
  });
  const held = conditions.filter((c) => c.status === "True").map((c) => c.type);
  return `${states.join(" ")} | ${phase} | ${held.join(" ")}`;
}

/** Every status of a pod until nothing is to be done any more. */
function statuses(start: Pod, around = surroundings()): PodStatus[] {
  const seen: PodStatus[] = [];
  for (let status = nextStatus(start, around); status;) {
    if (seen.length > 20) throw new Error(`no end: ${seen.map(picture).join("\n")}`);
    seen.push(status);
    status = nextStatus({ ...start, status }, around);
  }
  return seen;
}

function steps(start: Pod, around = surroundings()): string[] {
  return statuses(start, around).map(picture);
}

const HELD = "PodScheduled PodReadyToStartContainers";

test("a pod is admitted, runs, and is Ready", () => {
  expect(steps(pod({}))).toEqual([
    "main:ContainerCreating | Pending | PodScheduled Initialized",
    `main:running | Running | ${HELD} Initialized`,
    `main:ready | Running | ${HELD} Initialized Ready ContainersReady`,
  ]);
});

test("init containers end one after the other; a sidecar stays", () => {
  const initContainers = [
    { name: "one", image: "busybox" },
    { name: "sidecar", image: "envoy", restartPolicy: "Always" },
    { name: "two", image: "busybox" },
  ];
  expect(steps(pod({ initContainers }))).toEqual([
    "one:PodInitializing sidecar:PodInitializing two:PodInitializing main:PodInitializing | Pending | PodScheduled",
    `one:running sidecar:PodInitializing two:PodInitializing main:PodInitializing | Pending | ${HELD}`,
    `one:Completed sidecar:PodInitializing two:PodInitializing main:PodInitializing | Pending | ${HELD}`,
    `one:Completed sidecar:ready two:PodInitializing main:PodInitializing | Pending | ${HELD}`,
    `one:Completed sidecar:ready two:running main:PodInitializing | Pending | ${HELD}`,
    `one:Completed sidecar:ready two:Completed main:PodInitializing | Pending | ${HELD} Initialized`,
    `one:Completed sidecar:ready two:Completed main:running | Running | ${HELD} Initialized`,
    `one:Completed sidecar:ready two:Completed main:ready | Running | ${HELD} Initialized Ready ContainersReady`,
  ]);
});

test("an init container that serves keeps the pod in Init", () => {
  const initContainers = [{ name: "lora-adapter-syncer", image: "lora-syncer:v1.1.0" }];
  expect(steps(pod({ initContainers })).at(-1)).toBe(
    `lora-adapter-syncer:running main:PodInitializing | Pending | ${HELD}`,
  );
});

test("as a sidecar the same container lets the pod start", () => {
  const initContainers = [{ name: "lora-adapter-syncer", image: "x", restartPolicy: "Always" }];
  expect(steps(pod({ initContainers })).at(-1)).toBe(
    `lora-adapter-syncer:ready main:ready | Running | ${HELD} Initialized Ready ContainersReady`,
  );
});

test("a missing Secret is said once, and the pod starts when it comes", () => {
  const valueFrom = { secretKeyRef: { name: "hf-token", key: "token" } };
  const containers = [{ name: "main", image: "vllm", env: [{ name: "T", valueFrom }] }];
  const around = surroundings();
  const waiting = pod({ containers });
  expect(steps(waiting, around)).toEqual([
    "main:ContainerCreating | Pending | PodScheduled Initialized",
    "main:CreateContainerConfigError | Pending | PodScheduled Initialized",
  ]);
  const secret = object("Secret", "default/hf-token", { data: { token: "" } });
  (around.objects as FakeCluster).put(secret);
  expect(steps(waiting, around).at(-1)).toContain("main:ready | Running");
});

test("a pod whose volume cannot be mounted stays where it is", () => {
  const volumes = [{ name: "config", configMap: { name: "x" } }];
  expect(steps(pod({ volumes }))).toEqual([
    "main:ContainerCreating | Pending | PodScheduled Initialized",
  ]);
});

test("one container that cannot be created keeps the pod Pending, the other runs", () => {
  const containers = [
    { name: "good", image: "busybox" },
    { name: "bad", image: "Bad" },
  ];
  expect(steps(pod({ containers })).at(-1)).toBe(
    `good:ready bad:InvalidImageName | Pending | ${HELD} Initialized`,
  );
});

test.each(["Never", "OnFailure"])(
  "a pod with restartPolicy %s runs to its end",
  (restartPolicy) => {
    const all = steps(pod({ restartPolicy }));
    expect(all.at(-1)).toBe(`main:Completed | Succeeded | ${HELD} Initialized`);
  },
);

test("a container that uses a GPU loads its model before it is Ready", () => {
  const asked: string[] = [];
  const around = surroundings({
    passed: (step, seconds) => {
      asked.push(`${step} ${seconds}`);
      return step !== "gpu/ready";
    },
  });
  const containers = [
    { name: "gpu", image: "vllm", resources: { limits: { "nvidia.com/gpu": "1" } } },
    { name: "cpu", image: "busybox" },
  ];
  expect(steps(pod({ containers }), around).at(-1)).toContain("gpu:running cpu:ready | Running");
  expect([...new Set(asked)]).toEqual([
    "gpu/start 15",
    "cpu/start 15",
    "gpu/ready 240",
    "cpu/ready 0",
  ]);
});

test("a server that does not find its GPU's driver ends, and is held back from then on", () => {
  const resources = { limits: { "nvidia.com/gpu": "1" } };
  const containers = [{ name: "vllm", image: "vllm/vllm-openai:v0.11.0", resources }];
  const seen = statuses(pod({ containers }));
  expect(seen.map(picture)).toEqual([
    "vllm:ContainerCreating | Pending | PodScheduled Initialized",
    `vllm:running | Running | ${HELD} Initialized`,
    `vllm:CrashLoopBackOff | Running | ${HELD} Initialized`,
  ]);
  expect(seen.at(-1)?.containerStatuses).toMatchObject([
    {
      restartCount: 1,
      state: {
        waiting: {
          reason: "CrashLoopBackOff",
          message: "back-off 5m0s restarting failed container=vllm pod=p_default(undefined)",
        },
      },
      lastState: { terminated: { reason: "Error", exitCode: 1 } },
    },
  ]);
});

test("a readiness gate must be opened by its controller", () => {
  const gated = pod({ readinessGates: [{ conditionType: "example.net/open" }] });
  const closed = statuses(gated).at(-1);
  const readyOf = (status: PodStatus | undefined) =>
    status?.conditions?.find((condition) => condition.type === "Ready");
  expect(readyOf(closed)).toMatchObject({ status: "False", reason: "ReadinessGatesNotReady" });
  const open = { type: "example.net/open", status: "True" as const };
  const conditions = [...(closed?.conditions ?? []), open];
  const opened = nextStatus({ ...gated, status: { ...closed, conditions } }, surroundings());
  expect(readyOf(opened)).toMatchObject({ status: "True" });
});

test("addresses come with the first container, and stay", () => {
  const admitted = nextStatus(pod({}), surroundings());
  expect([admitted?.hostIP, admitted?.podIP]).toEqual(["10.128.0.2", undefined]);
  const running = nextStatus({ ...pod({}), status: admitted }, surroundings());
  expect([running?.podIP, running?.podIPs]).toEqual(["10.4.0.7", [{ ip: "10.4.0.7" }]]);
  const later = surroundings({ podAddress: () => "10.4.0.8" });
  expect(nextStatus({ ...pod({}), status: running }, later)?.podIP).toBe("10.4.0.7");
});

test("a pod on the host network has the node's address", () => {
  const host = pod({ hostNetwork: true });
  const admitted = nextStatus(host, surroundings());
  expect(nextStatus({ ...host, status: admitted }, surroundings())?.podIP).toBe("10.128.0.2");
});

test("a host port that a neighbour has is refused; another protocol is another port", () => {
  const withPort = (protocol?: string) =>
    pod({
      containers: [
        { name: "main", image: "x", ports: [{ containerPort: 1, hostPort: 80, protocol }] },
      ],
    });
  const around = surroundings({ neighbours: [withPort()] });
  expect(nextStatus(withPort("TCP"), around)).toMatchObject({
    phase: "Failed",
    reason: "NodePorts",
    message:
      "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
  });
  expect(nextStatus(withPort("UDP"), around)?.phase).toBe("Pending");
});
