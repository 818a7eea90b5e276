import { KubeObject } from "../../../kube/objects";
import { conditionOf, isOwnedBy, statusOf, View } from "./readiness";

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { reason?: string; message?: string; exitCode?: number; finishedAt?: string };
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  state?: ContainerState;
  lastState?: ContainerState;
}

/** Why a pod is not ready, in the words of scheduler and kubelet; undefined where they have not complained. */
export function podError(pod: KubeObject): string | undefined {
  const condition = ["PodScheduled", "Initialized", "Ready"]
    .map((type) => conditionOf(pod, type))
    .find((c) => c && c.status !== "True");
  if (!condition) return undefined;
  const complaints = [condition.message, ...containerErrors(pod)].filter(Boolean);
  if (complaints.length === 0) return undefined;
  const { namespace, name } = pod.metadata;
  return `[Pod ${namespace}/${name}]: ${complaints.join("; ")}`;
}

/** The same of all pods that an object owns. */
export function podErrors({ related }: View, owner: KubeObject | undefined): string[] {
  return related("Pod")
    .filter((pod) => isOwnedBy(pod, owner))
    .flatMap((pod) => podError(pod) ?? []);
}

function containerErrors(pod: KubeObject): string[] {
  const { initContainerStatuses = [], containerStatuses = [] } = statusOf(pod) as {
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
  };
  return [...initContainerStatuses, ...containerStatuses].flatMap(containerError);
}

function containerError({ name, ready, state, lastState }: ContainerStatus): string[] {
  if (ready) return [];
  const errors: string[] = [];
  const { waiting, terminated } = state ?? {};
  // Every container goes through this one; it says nothing.
  if (waiting && waiting.reason !== "ContainerCreating" && waiting.reason !== "PodInitializing") {
    errors.push(`container "${name}": [${waiting.reason}] ${waiting.message ?? ""}`.trimEnd());
  }
  if (terminated?.reason && terminated.exitCode !== 0) {
    const text = terminated.message ?? `exit code ${terminated.exitCode}`;
    errors.push(`container "${name}": [${terminated.reason}] ${text}`);
  }
  const last = lastState?.terminated;
  if (last) {
    const when = `terminated at ${last.finishedAt} (${last.reason}: exit code ${last.exitCode})`;
    errors.push(`container "${name}" ${when}${last.message ? `: ${last.message}` : ""}`);
  }
  return errors;
}
