import { Condition, KubeObject } from "../../kube/objects";
import type { Gateway, GatewayClass, HTTPRoute, ReferenceGrant } from "./gateways";
import type {
  AutoscalingMetric,
  BackendPolicy,
  HealthCheckPolicy,
  InferenceObjective,
  InferencePool,
  PoolImport,
} from "./inference";
import type { Pod } from "./pods";

export type * from "./gateways";
export type * from "./inference";
export type * from "./pods";

/** The kinds that controllers and kubelet watch, with the API version in which they read them. */
export const API_VERSIONS = {
  Node: "v1",
  Pod: "v1",
  ConfigMap: "v1",
  Secret: "v1",
  Service: "v1",
  Namespace: "v1",
  ComputeClass: "cloud.google.com/v1",
  GatewayClass: "gateway.networking.k8s.io/v1",
  Gateway: "gateway.networking.k8s.io/v1",
  HTTPRoute: "gateway.networking.k8s.io/v1",
  ReferenceGrant: "gateway.networking.k8s.io/v1beta1",
  InferencePool: "inference.networking.k8s.io/v1",
  InferenceObjective: "inference.networking.x-k8s.io/v1alpha2",
  GCPInferencePoolImport: "networking.gke.io/v1",
  GCPBackendPolicy: "networking.gke.io/v1",
  HealthCheckPolicy: "networking.gke.io/v1",
  AutoscalingMetric: "autoscaling.gke.io/v1beta1",
  SecretProviderClass: "secrets-store.csi.x-k8s.io/v1",
} as const;

export type KindName = keyof typeof API_VERSIONS;

/** Objects by kind, with the fields that are read here. The API server has checked their shape. */
export interface Kinds {
  Node: Node;
  Pod: Pod;
  ConfigMap: WithData;
  Secret: WithData;
  Service: Service;
  Namespace: KubeObject;
  ComputeClass: ComputeClass;
  GatewayClass: GatewayClass;
  Gateway: Gateway;
  HTTPRoute: HTTPRoute;
  ReferenceGrant: ReferenceGrant;
  InferencePool: InferencePool;
  InferenceObjective: InferenceObjective;
  GCPInferencePoolImport: PoolImport;
  GCPBackendPolicy: BackendPolicy;
  HealthCheckPolicy: HealthCheckPolicy;
  AutoscalingMetric: AutoscalingMetric;
  SecretProviderClass: SecretProviderClass;
}

export interface Service extends KubeObject {
  spec: {
    selector?: Record<string, string>;
    ports?: { name?: string; port: number; targetPort?: number | string }[];
  };
}

export interface Node extends KubeObject {
  spec: { podCIDR?: string; unschedulable?: boolean; taints?: Taint[] };
  status?: { addresses?: { type: string; address: string }[]; conditions?: Condition[] };
}

export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

export interface SecretProviderClass extends KubeObject {
  spec: { provider?: string; parameters?: Record<string, string> };
}

export interface ComputeClass extends KubeObject {
  spec: { priorities?: { nodepools?: string[] }[] };
}

export interface WithData extends KubeObject {
  /** Keys only: values are not kept. */
  data?: Record<string, string>;
}
