import { timestamp } from "../../controllers/conditions";
import type { Container, ContainerStatus, Pod } from "../../world/kinds";
import { lastWordsWithoutDriver } from "../gpuDriver";
import type { ContainerState } from "./runningContainer";
import type { PodProcesses } from "./podProcesses";

export interface ProcessSurroundings {
  /** The processes behind the pods; undefined where pods are only said to run. */
  processes?: Pick<PodProcesses, "runs" | "stateOf" | "start">;
  podAddress(): string | undefined;
  /** Whether so many real seconds have passed since the pod came to this step. */
  reallyPassed(step: string, seconds: number): boolean;
}

/** The pause before a restart doubles from this to that. Source: Kubernetes, "Pod Lifecycle". */
const BACK_OFF = { first: 10, most: 300 };

/** Whether a process runs in place of a container, and goes on until it is ended. */
export function runsAsProcess(
  pod: Pod,
  container: Container,
  { processes }: ProcessSurroundings,
): boolean {
  return (
    processes?.runs(container) === true &&
    (pod.spec.restartPolicy ?? "Always") === "Always" &&
    lastWordsWithoutDriver(container) === undefined
  );
}

/** Starts the process of a container. @returns its status; undefined while the node has no address left */
export function startProcess(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  around: ProcessSurroundings,
): ContainerStatus | undefined {
  const address = pod.status?.podIP ?? around.podAddress();
  if (address === undefined) return undefined;
  around.processes?.start(pod, container, address);
  return {
    ...status,
    started: false,
    ready: false,
    state: { running: { startedAt: timestamp() } },
  };
}

/** The next status of a container whose process runs, has ended, or waits to be started again. */
export function nextOfProcess(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  around: ProcessSurroundings,
): ContainerStatus | undefined {
  if (!status.state.running) return restart(pod, container, status, around);
  const state = around.processes?.stateOf(pod, container);
  // An earlier daemon has started it, and it ended with that daemon.
  if (!state) return restart(pod, container, crashed(pod, status, LOST), around);
  if (state.exit) {
    const after = crashed(pod, status, state.exit);
    return restart(pod, container, after, around) ?? after;
  }
  const { started, ready } = state;
  return started === status.started && ready === status.ready
    ? undefined
    : { ...status, started, ready };
}

const LOST = { code: 255, reason: "ContainerStatusUnknown" };

/** Starts it again when its pause is over. */
function restart(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  around: ProcessSurroundings,
): ContainerStatus | undefined {
  const { name, restartCount } = status;
  if (!around.reallyPassed(`${name}/restart/${restartCount}`, pauseBefore(restartCount))) {
    return undefined;
  }
  return startProcess(pod, container, { ...status, restartCount: restartCount + 1 }, around);
}

/** Seconds; a container that ends for the first time is started again at once. */
function pauseBefore(restartCount: number): number {
  if (restartCount === 0) return 0;
  return Math.min(BACK_OFF.first * 2 ** (restartCount - 1), BACK_OFF.most);
}

function crashed(
  pod: Pod,
  status: ContainerStatus,
  { code, reason }: NonNullable<ContainerState["exit"]>,
): ContainerStatus {
  const { name, namespace, uid } = pod.metadata;
  const pause = `back-off ${pauseBefore(status.restartCount)}s restarting failed container=${status.name}`;
  const startedAt = status.state.running?.startedAt ?? timestamp();
  return {
    ...status,
    started: false,
    ready: false,
    state: {
      waiting: { reason: "CrashLoopBackOff", message: `${pause} pod=${name}_${namespace}(${uid})` },
    },
    lastState: { terminated: { reason, exitCode: code, startedAt, finishedAt: timestamp() } },
  };
}
