import {
  nextOfProcess,
  ProcessSurroundings,
  runsAsProcess,
  startProcess,
} from "../../../../../emulator/gke/kubelet/processes/status";
import { ContainerState } from "../../../../../emulator/gke/kubelet/processes/runningContainer";
import { Container, ContainerStatus, Pod } from "../../../../../emulator/gke/world/kinds";
import { object } from "../../support/world";

const CONTAINER: Container = { name: "c", image: "vllm/vllm-openai:v0.18.1" };

function pod(spec: object = {}): Pod {
  const status = { podIP: "127.4.0.2" };
  return object(
    "Pod",
    "ns/p",
    { spec: { containers: [CONTAINER], ...spec }, status },
    { uid: "u" },
  ) as Pod;
}

function running(over: Partial<ContainerStatus> = {}): ContainerStatus {
  return {
    ...{ name: "c", image: "i", imageID: "", ready: false, started: false, restartCount: 0 },
    state: { running: { startedAt: "t" } },
    ...over,
  };
}

/** Surroundings in which the process is in a state, and so many seconds have passed since each step began. */
function around(state: ContainerState | undefined, passed = 0) {
  const started: string[] = [];
  const surroundings: ProcessSurroundings = {
    processes: {
      runs: () => true,
      stateOf: () => state,
      start: (_pod, { name }, address) => started.push(`${name} ${address}`),
    },
    podAddress: () => "127.4.0.9",
    reallyPassed: (_step, seconds) => passed >= seconds,
  };
  return { started, surroundings };
}

test("a container that serves runs as a process", () => {
  const { surroundings } = around(undefined);
  const runs = (over: object, container = CONTAINER, near = surroundings) =>
    runsAsProcess(pod(over), container, near);
  expect(runs({})).toBe(true);
  expect(runs({ restartPolicy: "Never" })).toBe(false);
  expect(runs({}, CONTAINER, { ...surroundings, processes: undefined })).toBe(false);
  // This release does not find the driver of its GPU, and ends whatever runs in its place.
  const resources = { limits: { "nvidia.com/gpu": "1" } };
  expect(runs({}, { ...CONTAINER, image: "vllm/vllm-openai:v0.10.2", resources })).toBe(false);
});

test("it starts at the pod's address, and is neither started nor ready before its probes say so", () => {
  const { started, surroundings } = around(undefined);
  expect(startProcess(pod(), CONTAINER, running(), surroundings)).toMatchObject({
    ...{ started: false, ready: false, restartCount: 0 },
    state: { running: {} },
  });
  expect(started).toEqual(["c 127.4.0.2"]);
});

test("started and ready are what its probes say, both ways", () => {
  const next = (status: ContainerStatus, state: ContainerState) =>
    nextOfProcess(pod(), CONTAINER, status, around(state).surroundings);
  const serves = { started: true, ready: true };
  expect(next(running(), serves)).toMatchObject(serves);
  expect(next(running(serves), serves)).toBeUndefined();
  expect(next(running(serves), { started: true, ready: false })).toMatchObject({ ready: false });
});

const CRASH = { started: false, ready: false, exit: { code: 2, reason: "Error" } };

test("a process that ends is started again at once, the first time", () => {
  const { started, surroundings } = around(CRASH);
  expect(nextOfProcess(pod(), CONTAINER, running(), surroundings)).toMatchObject({
    restartCount: 1,
    ready: false,
    state: { running: {} },
    lastState: { terminated: { exitCode: 2, reason: "Error" } },
  });
  expect(started).toEqual(["c 127.4.0.2"]);
});

test.each([
  [1, 10],
  [2, 20],
  [5, 160],
  [9, 300],
])("after %i restarts it waits %i seconds", (restartCount, seconds) => {
  const early = around(CRASH, seconds - 1);
  const waiting = nextOfProcess(pod(), CONTAINER, running({ restartCount }), early.surroundings);
  expect(waiting?.state.waiting).toEqual({
    reason: "CrashLoopBackOff",
    message: `back-off ${seconds}s restarting failed container=c pod=p_ns(u)`,
  });
  expect(early.started).toEqual([]);
  if (!waiting) throw new Error("it does not wait");
  expect(nextOfProcess(pod(), CONTAINER, waiting, early.surroundings)).toBeUndefined();
  const due = around(CRASH, seconds).surroundings;
  expect(nextOfProcess(pod(), CONTAINER, waiting, due)).toMatchObject({
    restartCount: restartCount + 1,
    state: { running: {} },
  });
});

test("a process that ended with an earlier daemon is started again", () => {
  const { started, surroundings } = around(undefined);
  const status = running({ ready: true, started: true });
  expect(nextOfProcess(pod(), CONTAINER, status, surroundings)).toMatchObject({
    ...{ restartCount: 1, ready: false },
    lastState: { terminated: { reason: "ContainerStatusUnknown", exitCode: 255 } },
  });
  expect(started).toHaveLength(1);
});
