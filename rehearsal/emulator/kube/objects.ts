/** A Kubernetes object as JSON: what every API server speaks, whatever the kind. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string }[];
  managedFields?: ManagedFields[];
  [field: string]: unknown;
}

export interface ManagedFields {
  manager?: string;
  operation?: string;
  subresource?: string;
  [field: string]: unknown;
}

/** One entry of `status.conditions`. */
export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason: string;
  message: string;
  observedGeneration?: number;
  lastTransitionTime?: string;
}

export interface ObjectRef {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** Where an object is. */
export function refOf(target: ObjectRef | KubeObject): ObjectRef {
  if (!("metadata" in target)) return target as ObjectRef;
  const { apiVersion, kind, metadata } = target as KubeObject;
  return { apiVersion, kind, name: metadata.name, namespace: metadata.namespace };
}

export function describe(ref: ObjectRef | KubeObject): string {
  const meta = "metadata" in ref ? (ref as KubeObject).metadata : (ref as ObjectRef);
  return `${ref.kind} ${meta.namespace ? `${meta.namespace}/` : ""}${meta.name}`;
}
