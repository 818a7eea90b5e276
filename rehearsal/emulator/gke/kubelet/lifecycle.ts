import { timestamp } from "../controllers/conditions";
import { SECONDS } from "../delays";
import { Container, ContainerStatus, Node, Pod, PodStatus } from "../world/kinds";
import { podConditions } from "./conditions";
import { VolumeSources } from "./csiVolumes";
import { whyEndless } from "./daemons";
import { lastWordsWithoutDriver, usesGpu } from "./gpuDriver";
import { standsBy } from "./leadership";
import {
  nextOfProcess,
  type ProcessSurroundings,
  runsAsProcess,
  startProcess,
} from "./processes/status";
import { containerRefusal, mountRefusal } from "./references";

/** What a kubelet knows beside the pod. */
export interface Surroundings extends VolumeSources, ProcessSurroundings {
  node: Node;
  /** Other pods that this node has admitted. */
  neighbours: Pod[];
  /** All pods of the cluster. */
  pods: Pod[];
  /** Whether so many (scaled) seconds have passed since the pod came to this step. */
  passed(step: string, seconds: number): boolean;
}

/**
 * The next status of a pod that is bound to a node: Pending, its init containers one after the
 * other, Running, Ready; undefined where nothing is to be done now. One call is one step, and
 * the status alone says which is next, so a restarted daemon continues from it.
 */
export function nextStatus(pod: Pod, around: Surroundings): PodStatus | undefined {
  const status = pod.status ?? {};
  if (status.phase === "Succeeded" || status.phase === "Failed") return undefined;
  if (status.startTime === undefined) return admit(pod, around);
  if (mountRefusal(around, pod) !== undefined) return undefined;
  const init = startInitContainers(pod, around);
  if (init.changed) return withPhase(pod, around, { initContainerStatuses: init.statuses });
  if (!init.done) return undefined;
  const main = startContainers(pod, around);
  if (main) return withPhase(pod, around, { containerStatuses: main });
  return gatesChanged(pod, status) ? withPhase(pod, around, {}) : undefined;
}

/** Whether another controller has opened or closed a readiness gate. */
function gatesChanged(pod: Pod, status: PodStatus): boolean {
  const ready = (conditions: PodStatus["conditions"]) =>
    conditions?.find((condition) => condition.type === "Ready")?.status;
  return ready(podConditions(pod, status)) !== ready(status.conditions);
}

/** A kubelet refuses a pod that the scheduler has not sent, if it does not fit. */
function admit(pod: Pod, around: Surroundings): PodStatus {
  if (hostPorts(pod).some((port) => around.neighbours.flatMap(hostPorts).includes(port))) {
    const what = "node(s) didn't have free ports for the requested pod ports";
    const message = `Pod was rejected: Predicate NodePorts failed: ${what}`;
    return { ...pod.status, phase: "Failed", reason: "NodePorts", message };
  }
  const waiting =
    (pod.spec.initContainers ?? []).length > 0 ? "PodInitializing" : "ContainerCreating";
  const initial = {
    startTime: timestamp(),
    initContainerStatuses: (pod.spec.initContainers ?? []).map((c) =>
      pending(c, "PodInitializing"),
    ),
    containerStatuses: pod.spec.containers.map((c) => pending(c, waiting)),
  };
  return withPhase(pod, around, initial);
}

interface Progress {
  statuses: ContainerStatus[];
  changed: boolean;
  done: boolean;
}

/** Advances the first init container that keeps the next one from starting. */
function startInitContainers(pod: Pod, around: Surroundings): Progress {
  const statuses = [...(pod.status?.initContainerStatuses ?? [])];
  for (const [i, container] of (pod.spec.initContainers ?? []).entries()) {
    const status = statuses[i] ?? pending(container, "PodInitializing");
    const next = nextOfInit(pod, container, status, around);
    if (next === "done") continue;
    if (next !== undefined) statuses[i] = next;
    return { statuses, changed: next !== undefined, done: false };
  }
  return { statuses, changed: false, done: true };
}

function nextOfInit(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  around: Surroundings,
): ContainerStatus | "done" | undefined {
  if (status.state.terminated) return "done";
  const sidecar = container.restartPolicy === "Always";
  if (status.state.running) {
    if (sidecar) return "done";
    return whyEndless(container) === undefined ? completed(status) : undefined;
  }
  const started = start(pod, container, status, around);
  return started && sidecar && started.state.running ? { ...started, ready: true } : started;
}

/** All containers start together; undefined where none has changed. */
function startContainers(pod: Pod, around: Surroundings): ContainerStatus[] | undefined {
  const before = pod.status?.containerStatuses ?? [];
  const after = pod.spec.containers.map((container, i) => {
    const status = before[i] ?? pending(container, "ContainerCreating");
    return nextOfMain(pod, container, status, around) ?? status;
  });
  const initialized = pod.status?.conditions?.some(
    (c) => c.type === "Initialized" && c.status === "True",
  );
  const same = after.every((status, i) => status === before[i]);
  return same && initialized ? undefined : after;
}

function nextOfMain(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  around: Surroundings,
): ContainerStatus | undefined {
  const created = status.state.running !== undefined || isBackedOff(status);
  if (created && runsAsProcess(pod, container, around)) {
    return nextOfProcess(pod, container, status, around);
  }
  if (status.state.terminated || isBackedOff(status)) return undefined;
  if (!status.state.running) return start(pod, container, status, around);
  if (lastWordsWithoutDriver(container) !== undefined) {
    const due = around.passed(`${container.name}/end`, SECONDS.containerStopped);
    return due ? backedOff(pod, status) : undefined;
  }
  if ((pod.spec.restartPolicy ?? "Always") !== "Always") {
    const due = around.passed(`${container.name}/end`, SECONDS.containerStopped);
    return due ? completed(status) : undefined;
  }
  if (status.ready || standsBy(pod, container, around.pods)) return undefined;
  const seconds = usesGpu(container) ? SECONDS.modelLoaded : 0;
  return around.passed(`${container.name}/ready`, seconds) ? { ...status, ready: true } : undefined;
}

/** A container that waits is created, or says why it cannot be. */
function start(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  around: Surroundings,
): ContainerStatus | undefined {
  const refusal = containerRefusal(around.objects, pod, container);
  if (refusal) {
    const { reason, message } = status.state.waiting ?? {};
    const said = reason === refusal.reason && message === refusal.message;
    return said ? undefined : { ...status, state: { waiting: refusal } };
  }
  if (!around.passed(`${container.name}/start`, SECONDS.containerStarted)) return undefined;
  if (runsAsProcess(pod, container, around)) return startProcess(pod, container, status, around);
  return { ...status, started: true, state: { running: { startedAt: timestamp() } } };
}

function completed(status: ContainerStatus): ContainerStatus {
  const startedAt = status.state.running?.startedAt ?? timestamp();
  const terminated = { reason: "Completed", exitCode: 0, startedAt, finishedAt: timestamp() };
  return { ...status, started: false, ready: true, state: { terminated } };
}

/** A container that ends in error is not started again here: it would end the same way. */
function backedOff(pod: Pod, status: ContainerStatus): ContainerStatus {
  const { name, namespace, uid } = pod.metadata;
  const message = `back-off 5m0s restarting failed container=${status.name} pod=${name}_${namespace}(${uid})`;
  const startedAt = status.state.running?.startedAt ?? timestamp();
  const terminated = { reason: "Error", exitCode: 1, startedAt, finishedAt: timestamp() };
  return {
    ...status,
    started: false,
    ready: false,
    restartCount: status.restartCount + 1,
    state: { waiting: { reason: "CrashLoopBackOff", message } },
    lastState: { terminated },
  };
}

function isBackedOff({ state }: ContainerStatus): boolean {
  return state.waiting?.reason === "CrashLoopBackOff";
}

function pending(container: Container, reason: string): ContainerStatus {
  return {
    name: container.name,
    image: container.image ?? "",
    // No image is pulled.
    imageID: "",
    ready: false,
    started: false,
    restartCount: 0,
    state: { waiting: { reason } },
  };
}

/** The whole status, with the phase, addresses and conditions that follow from the containers. */
function withPhase(pod: Pod, around: Surroundings, changed: Partial<PodStatus>): PodStatus {
  const status: PodStatus = { ...pod.status, ...changed };
  const hostIP = around.node.status?.addresses?.find((a) => a.type === "InternalIP")?.address;
  const started = (status.initContainerStatuses ?? [])
    .concat(status.containerStatuses ?? [])
    .some((container) => !container.state.waiting);
  const fresh = pod.spec.hostNetwork ? hostIP : around.podAddress();
  const podIP = status.podIP ?? (started ? fresh : undefined);
  return {
    ...status,
    phase: phaseOf(status),
    ...(hostIP !== undefined && { hostIP, hostIPs: [{ ip: hostIP }] }),
    ...(podIP !== undefined && { podIP, podIPs: [{ ip: podIP }] }),
    conditions: podConditions(pod, status),
  };
}

function phaseOf({ containerStatuses = [] }: PodStatus): string {
  const waits = (container: ContainerStatus) => container.state.waiting && !isBackedOff(container);
  if (containerStatuses.some(waits)) return "Pending";
  return containerStatuses.some((container) => !container.state.terminated)
    ? "Running"
    : "Succeeded";
}

function hostPorts(pod: Pod): string[] {
  const all = pod.spec.containers.flatMap((container) => container.ports ?? []);
  return all.flatMap(({ hostPort, protocol = "TCP" }) =>
    hostPort === undefined || hostPort === 0 ? [] : [`${protocol}/${hostPort}`],
  );
}
