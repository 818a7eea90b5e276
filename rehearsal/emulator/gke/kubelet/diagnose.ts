import { CloudView } from "../gke";
import { ContainerStatus, Pod } from "../world/kinds";
import { ClusterState, keyOf } from "../world/world";
import { whyEndless } from "./daemons";
import { lastWordsWithoutDriver } from "./gpuDriver";
import { standsBy } from "./leadership";
import { mountRefusal } from "./references";

/**
 * One line for each pod that is not Ready, with what the scheduler or the kubelet says about it.
 */
export function diagnosePods(cluster: ClusterState, cloud: CloudView): string[] {
  return cluster.list("Pod").flatMap((pod) => {
    const why = whyNotReady(cluster, cloud, pod);
    return why === undefined ? [] : [`cluster ${cluster.spec.name}: pod ${keyOf(pod)}: ${why}`];
  });
}

function whyNotReady(cluster: ClusterState, cloud: CloudView, pod: Pod): string | undefined {
  const { phase, reason, message, conditions = [] } = pod.status ?? {};
  if (phase === "Succeeded") return undefined;
  if (phase === "Failed") return `Failed (${reason ?? "Error"}): ${message ?? ""}`;
  const ready = conditions.find((c) => c.type === "Ready");
  if (ready?.status === "True") return undefined;
  const scheduled = conditions.find((c) => c.type === "PodScheduled");
  if (scheduled?.status === "False") return `${scheduled.reason}: ${scheduled.message}`;
  if (pod.spec.nodeName === undefined) return "no node has been chosen yet";
  const mount = mountRefusal({ objects: cluster, cloud }, pod);
  if (mount !== undefined) return `FailedMount: ${mount}`;
  const waiting = whyWaiting(pod);
  if (waiting === undefined && isStandby(cluster, pod)) return undefined;
  return waiting ?? ready?.message ?? "is starting";
}

/** Whether all that is not ready of it waits for the lead of its endpoint pickers, which one at a time has. */
function isStandby(cluster: ClusterState, pod: Pod): boolean {
  if (pod.status?.phase !== "Running") return false;
  const statuses = pod.status.containerStatuses ?? [];
  const unready = pod.spec.containers.filter(
    ({ name }) => !statuses.some((status) => status.name === name && status.ready),
  );
  return unready.every((container) => standsBy(pod, container, cluster.list("Pod")));
}

/** How the log of a container that crashed ends. */
function lastWords(pod: Pod, { name, lastState }: ContainerStatus): string {
  if (!lastState?.terminated) return "";
  const container = pod.spec.containers.find((each) => each.name === name);
  const words = container && lastWordsWithoutDriver(container);
  return words === undefined ? "" : `; its log ends: ${words}`;
}

function whyWaiting(pod: Pod): string | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  for (const status of [...initContainerStatuses, ...containerStatuses]) {
    const { waiting } = status.state;
    if (waiting?.message !== undefined) {
      return `container ${status.name}: ${waiting.reason}: ${waiting.message}${lastWords(pod, status)}`;
    }
  }
  const running = initContainerStatuses.filter((status) => status.state.running);
  const endless = (pod.spec.initContainers ?? [])
    .filter((c) => c.restartPolicy !== "Always" && running.some((r) => r.name === c.name))
    .map(whyEndless);
  return endless.find((why) => why !== undefined);
}
