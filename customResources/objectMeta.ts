/** `metadata` of a custom resource. A policy reads it in a preview, so its keys are plain values. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
