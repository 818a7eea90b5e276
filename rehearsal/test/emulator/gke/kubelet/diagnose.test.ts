import { diagnosePods } from "../../../../emulator/gke/kubelet/diagnose";
import { clusterSpec, FakeCloud, FakeCluster, object } from "../support/world";

function said(spec: object, status: object): string[] {
  const full = { nodeName: "n1", containers: [{ name: "main", image: "x" }], ...spec };
  const pod = object("Pod", "default/p", { spec: full, status });
  return diagnosePods(new FakeCluster(clusterSpec("gke-east", "us-east4"), [pod]), new FakeCloud());
}

const line = (what: string) => [`cluster gke-east: pod default/p: ${what}`];
const NOT_READY = {
  type: "Ready",
  status: "False",
  message: "containers with unready status: [main]",
};

test("pods that are Ready or have succeeded are not told", () => {
  expect(said({}, { conditions: [{ type: "Ready", status: "True" }] })).toEqual([]);
  expect(said({}, { phase: "Succeeded", conditions: [NOT_READY] })).toEqual([]);
});

test("the scheduler's own words", () => {
  const message = "0/1 nodes are available: 1 Insufficient nvidia.com/gpu.";
  const conditions = [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }];
  expect(said({ nodeName: undefined }, { conditions })).toEqual(line(`Unschedulable: ${message}`));
  expect(said({ nodeName: undefined }, {})).toEqual(line("no node has been chosen yet"));
});

test("a volume, a waiting container, a pod that failed", () => {
  const volumes = [{ name: "v", secret: { secretName: "x" } }];
  expect(said({ volumes }, {})).toEqual(
    line('FailedMount: MountVolume.SetUp failed for volume "v" : secret "x" not found'),
  );
  const waiting = { reason: "CreateContainerConfigError", message: 'secret "x" not found' };
  expect(said({}, { containerStatuses: [{ name: "main", state: { waiting } }] })).toEqual(
    line('container main: CreateContainerConfigError: secret "x" not found'),
  );
  expect(said({}, { phase: "Failed", reason: "NodePorts", message: "no port" })).toEqual(
    line("Failed (NodePorts): no port"),
  );
});

test("a container that crashed, with the end of its log", () => {
  const resources = { limits: { "nvidia.com/gpu": "1" } };
  const containers = [{ name: "vllm", image: "vllm/vllm-openai:v0.11.0", resources }];
  const waiting = { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting vllm" };
  const lastState = { terminated: { reason: "Error", exitCode: 1 } };
  const containerStatuses = [{ name: "vllm", state: { waiting }, lastState }];
  expect(said({ containers }, { phase: "Running", containerStatuses })).toEqual(
    line(
      "container vllm: CrashLoopBackOff: back-off 5m0s restarting vllm; its log ends: No platform detected, vLLM is " +
        "running on UnspecifiedPlatform; RuntimeError: Failed to infer device type",
    ),
  );
});

test("an init container that never ends", () => {
  const initContainers = [{ name: "lora-adapter-syncer", image: "x" }];
  const initContainerStatuses = [{ name: "lora-adapter-syncer", state: { running: {} } }];
  expect(said({ initContainers }, { initContainerStatuses, conditions: [NOT_READY] })).toEqual(
    line(
      "init container lora-adapter-syncer does not end (known to serve, GIE#1535) and lacks " +
        "restartPolicy: Always, so the containers after it never start",
    ),
  );
});

test("a pod that is just starting", () => {
  expect(said({}, { conditions: [NOT_READY] })).toEqual(line(NOT_READY.message));
  expect(said({}, {})).toEqual(line("is starting"));
});

test("an endpoint picker that stands by while another one leads is not told; one without a leader is", () => {
  const args = ["--pool-name", "vllm", "--ha-enable-leader-election"];
  const picker = (name: string, ready: boolean) =>
    object(
      "Pod",
      `default/${name}`,
      {
        spec: { nodeName: "n1", containers: [{ name: "epp", image: "x", args }] },
        status: {
          phase: "Running",
          conditions: [{ ...NOT_READY, status: ready ? "True" : "False" }],
          containerStatuses: [{ name: "epp", ready, state: { running: {} } }],
        },
      },
      { uid: name },
    );
  const diagnose = (...pods: ReturnType<typeof object>[]) =>
    diagnosePods(new FakeCluster(clusterSpec("gke-east", "us-east4"), pods), new FakeCloud());
  expect(diagnose(picker("a", true), picker("b", false))).toEqual([]);
  expect(diagnose(picker("b", false))).toEqual([
    `cluster gke-east: pod default/b: ${NOT_READY.message}`,
  ]);
});
