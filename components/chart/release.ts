/**
 * What the chart `inferencepool` v1.5.0 (provider gke, monitoring on) knows when it renders. The modules beside this
 * one hold its objects, object for object and name for name, so that a Helm user finds what he expects; only its two
 * single-cluster policies are left out, because a multi-cluster gateway has its own.
 */
export interface Release {
  /** Name of the Helm release, which is the name of the pool. */
  name: string;
  namespace: string;
  /** Labels of the pods that serve the model. */
  podLabels: Record<string, string>;
  /** Ports on which each pod serves, 1 to 8. */
  ports: number[];
  endpointPicker: EndpointPicker;
}

export interface EndpointPicker {
  /** Version of the image, the chart and its objects. */
  version: string;
  /** More than one are a leader and its stand-ins. */
  replicas: number;
  /** Command-line flags without the leading dashes. */
  flags: Record<string, string>;
}

export const EXT_PROC_PORT = 9002;
export const HEALTH_PORT = 9003;
export const METRICS_PORT = 9090;

/** Name of the endpoint picker's objects. */
export function pickerName({ name }: Release): string {
  return `${name}-epp`;
}

export function chartLabels(release: Release): Record<string, string> {
  return {
    "app.kubernetes.io/name": pickerName(release),
    "app.kubernetes.io/version": release.endpointPicker.version,
  };
}

/** Labels by which Service, Deployment and PodMonitoring find the endpoint picker's pods. */
export function pickerSelector(release: Release): Record<string, string> {
  return { inferencepool: pickerName(release) };
}
