import { timestamp } from "../controllers/conditions";
import { ContainerStatus, Pod, PodCondition, PodStatus } from "../world/kinds";

/**
 * The conditions of a pod that follow from its containers, in the order in which a kubelet sets
 * them.
 */
export function podConditions(pod: Pod, status: PodStatus): PodCondition[] {
  const { initContainerStatuses: inits = [], containerStatuses: mains = [] } = status;
  const sidecars = new Set(
    (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === "Always").map((c) => c.name),
  );
  const uninitialized = inits.filter((c) => !initialized(c, sidecars.has(c.name)));
  const unready = [...inits.filter((c) => sidecars.has(c.name)), ...mains].filter((c) => !c.ready);
  const ended = mains.length > 0 && mains.every((c) => c.state.terminated);
  const sandbox = [...inits, ...mains].some((c) => !c.state.waiting || c.restartCount > 0);
  const containersReady = judged(
    "ContainersReady",
    ended ? "PodCompleted" : "ContainersNotReady",
    ended ? undefined : list("containers with unready status", unready),
    unready.length === 0 && !ended,
  );
  const wanted: PodCondition[] = [
    judged("PodReadyToStartContainers", undefined, undefined, sandbox),
    judged(
      "Initialized",
      "ContainersNotInitialized",
      list("containers with incomplete status", uninitialized),
      uninitialized.length === 0,
    ),
    ready(pod, status, containersReady),
    containersReady,
  ];
  return merge(status.conditions ?? [], wanted);
}

/** Ready is ContainersReady, and every condition that the pod names as a gate. */
function ready(pod: Pod, status: PodStatus, containersReady: PodCondition): PodCondition {
  if (containersReady.status !== "True") return { ...containersReady, type: "Ready" };
  const closed = (pod.spec.readinessGates ?? []).find(
    (gate) => !status.conditions?.some((c) => c.type === gate.conditionType && c.status === "True"),
  );
  const gate = `pod readiness gate "${closed?.conditionType}"`;
  const message = `corresponding condition of ${gate} does not exist.`;
  return judged("Ready", "ReadinessGatesNotReady", message, closed === undefined);
}

function initialized(container: ContainerStatus, sidecar: boolean): boolean {
  return container.state.terminated !== undefined || (sidecar && container.started);
}

function list(what: string, containers: ContainerStatus[]): string {
  return `${what}: [${containers.map((c) => c.name).join(" ")}]`;
}

/** Reason and message are those of a condition that is not true. */
function judged(
  type: string,
  reason: string | undefined,
  message: string | undefined,
  isTrue: boolean,
): PodCondition {
  if (isTrue) return { type, status: "True" };
  return {
    type,
    status: "False",
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
  };
}

/** Keeps the conditions of others (PodScheduled, readiness gates), and times of those unchanged. */
function merge(existing: PodCondition[], wanted: PodCondition[]): PodCondition[] {
  const others = existing.filter((c) => !wanted.some((w) => w.type === c.type));
  const ours = wanted.map((condition) => {
    const before = existing.find((c) => c.type === condition.type);
    const same = before?.status === condition.status;
    const time = same ? before.lastTransitionTime : undefined;
    return { ...condition, lastTransitionTime: time ?? timestamp() };
  });
  return [...others, ...ours];
}
