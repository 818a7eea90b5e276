import { Condition, KubeObject } from "../../kube/objects";

/** Pods, with the fields that are read here. The API server has checked their shape. */

export interface Pod extends KubeObject {
  spec: PodSpec;
  status?: PodStatus;
}

export interface PodSpec {
  nodeName?: string;
  restartPolicy?: "Always" | "OnFailure" | "Never";
  hostNetwork?: boolean;
  automountServiceAccountToken?: boolean;
  serviceAccountName?: string;
  initContainers?: Container[];
  containers: Container[];
  volumes?: Volume[];
  readinessGates?: { conditionType: string }[];
  terminationGracePeriodSeconds?: number;
  [field: string]: unknown;
}

export interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
  command?: string[];
  args?: string[];
  ports?: { containerPort: number; hostPort?: number; protocol?: string; name?: string }[];
  env?: { name: string; value?: string; valueFrom?: EnvSource }[];
  envFrom?: { prefix?: string; configMapRef?: OptionalRef; secretRef?: OptionalRef }[];
  volumeMounts?: { name: string; mountPath: string; subPath?: string }[];
  startupProbe?: ProbeSpec;
  readinessProbe?: ProbeSpec;
  livenessProbe?: ProbeSpec;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  [field: string]: unknown;
}

export interface OptionalRef {
  name?: string;
  optional?: boolean;
}

export interface EnvSource {
  configMapKeyRef?: OptionalRef & { key: string };
  secretKeyRef?: OptionalRef & { key: string };
  fieldRef?: { fieldPath: string };
}

export interface KeyItems {
  items?: { key: string; path?: string }[];
}

export interface Volume {
  name: string;
  configMap?: OptionalRef & KeyItems;
  secret?: { secretName?: string; optional?: boolean } & KeyItems;
  projected?: {
    sources?: { configMap?: OptionalRef & KeyItems; secret?: OptionalRef & KeyItems }[];
  };
  csi?: CsiSource;
  [source: string]: unknown;
}

/** A volume that the pod itself asks a driver for. */
export interface CsiSource {
  driver: string;
  volumeAttributes?: Record<string, string>;
  [field: string]: unknown;
}

export interface PodStatus {
  phase?: string;
  reason?: string;
  message?: string;
  podIP?: string;
  startTime?: string;
  conditions?: PodCondition[];
  initContainerStatuses?: ContainerStatus[];
  containerStatuses?: ContainerStatus[];
  [field: string]: unknown;
}

export type PodCondition = Omit<Condition, "reason" | "message"> &
  Partial<Pick<Condition, "reason" | "message">>;

export interface ContainerStatus {
  name: string;
  image: string;
  imageID: string;
  ready: boolean;
  started: boolean;
  restartCount: number;
  state: {
    waiting?: { reason: string; message?: string };
    running?: { startedAt: string };
    terminated?: Terminated;
  };
  lastState?: { terminated?: Terminated };
}

export interface Terminated {
  reason: string;
  exitCode: number;
  startedAt: string;
  finishedAt: string;
}

/** A probe, as Kubernetes has it. */
export interface ProbeSpec {
  httpGet?: HttpGet;
  grpc?: { port: number; service?: string };
  tcpSocket?: { port: number | string };
  initialDelaySeconds?: number;
  /** @default 10 */
  periodSeconds?: number;
  /** @default 1 */
  timeoutSeconds?: number;
  /** @default 1 */
  successThreshold?: number;
  /** @default 3 */
  failureThreshold?: number;
  [field: string]: unknown;
}

export interface HttpGet {
  port: number | string;
  path?: string;
  scheme?: string;
  httpHeaders?: { name: string; value: string }[];
}
