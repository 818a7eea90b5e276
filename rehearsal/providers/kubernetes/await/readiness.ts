import { Condition, KubeObject } from "../../../kube/objects";

/** When an object counts as ready, decided from what the server last said of it and of its neighbours. */
export interface Readiness {
  /** Further kinds of the object's namespace that decide, or explain, whether it is ready. */
  related: readonly RelatedKind[];
  /** A limit that neither program nor annotation can change. */
  fixedTimeoutSeconds?: number;
  /** What to say when time is up. Default: `'<name>' timed out waiting to be Ready`. */
  timedOut?: string;
  judge(view: View): Verdict;
}

export interface RelatedKind {
  apiVersion: string;
  kind: string;
}

export interface View {
  object: KubeObject;
  related(kind: string): KubeObject[];
  /** How long nothing of this kind has changed in the namespace. */
  quietSeconds(kind: string): number;
}

export type Verdict = Ready | Waiting | Failed;

export interface Ready {
  is: "ready";
}

export interface Waiting {
  is: "waiting";
  /** One line for the screen, such as `Waiting for app ReplicaSet to be available (0/2 Pods available)`. */
  status: string;
  /** What to tell if time runs out now. */
  reasons: string[];
  /** Judge again after so long even if nothing changes. */
  againSeconds?: number;
}

/** Waiting longer is of no use. */
export interface Failed {
  is: "failed";
  reasons: string[];
}

export const READY: Ready = { is: "ready" };

export function waiting(status: string, reasons: string[] = [status]): Waiting {
  return { is: "waiting", status, reasons };
}

interface Status {
  conditions?: Condition[];
  observedGeneration?: number;
  [field: string]: unknown;
}

export function statusOf(object: KubeObject): Status {
  return (object.status ?? {}) as Status;
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const { conditions } = statusOf(object);
  return Array.isArray(conditions) ? conditions.find((c) => c.type === type) : undefined;
}

export function isConditionTrue(object: KubeObject, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

/** Whether the controller has seen the newest generation of the object. */
export function isObserved(object: KubeObject): boolean {
  const { observedGeneration } = statusOf(object);
  return observedGeneration === object.metadata.generation;
}

/** A number of the status; controllers leave zeros out. */
export function countOf(object: KubeObject, field: string): number {
  return Number(statusOf(object)[field] ?? 0);
}

/** `spec.replicas`, which the server sets to 1 where the program leaves it out. */
export function replicasOf(object: KubeObject): number {
  return (object.spec as { replicas?: number } | undefined)?.replicas ?? 1;
}

export function isOwnedBy(object: KubeObject, owner: KubeObject | undefined): boolean {
  const { uid } = owner?.metadata ?? {};
  return !!uid && (object.metadata.ownerReferences ?? []).some((ref) => ref.uid === uid);
}
