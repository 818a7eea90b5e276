import { Condition, KubeObject } from "../../kube/objects";

/** Kinds of the inference extension and of GKE, with the fields that are read here. */

export interface InferencePool extends KubeObject {
  spec: {
    selector: { matchLabels: Record<string, string> };
    targetPorts: { number: number }[];
    endpointPickerRef?: {
      group?: string;
      kind?: string;
      name: string;
      port?: { number: number };
      failureMode?: string;
    };
  };
  status?: { parents?: PoolParentStatus[] };
}

export interface PoolParentStatus {
  parentRef: { group?: string; kind?: string; name: string; namespace?: string };
  controllerName?: string;
  conditions?: Condition[];
}

export interface InferenceObjective extends KubeObject {
  spec: { poolRef: { name: string } };
}

export interface PoolImport extends KubeObject {
  status?: {
    controllers?: {
      name: string;
      exportingClusters?: { name: string }[];
      conditions?: Condition[];
    }[];
  };
}

/** A policy that changes one target. */
export interface Policy extends KubeObject {
  spec: { targetRef: TargetRef; default?: object };
  status?: { conditions?: Condition[] };
}

export interface TargetRef {
  group: string;
  kind: string;
  name: string;
  namespace?: string;
}

export interface BackendPolicy extends Policy {
  spec: {
    targetRef: TargetRef;
    default?: {
      timeoutSec?: number;
      balancingMode?: string;
      customMetrics?: CustomMetric[];
      capacityScalerPercent?: number;
      backendPreference?: string;
      maxRatePerEndpoint?: number;
      maxInFlightRequestsPerEndpoint?: number;
      connectionDraining?: { drainingTimeoutSec?: number };
      scopes?: PolicyScope[];
    };
  };
}

/** What is otherwise for some backends; of several that match one, the first holds. */
export interface PolicyScope {
  /** Keys `gke.io/region`, `gke.io/zone` and `gke.io/cluster-name`. */
  selector?: Record<string, string>;
  balancingMode?: string;
  customMetrics?: CustomMetric[];
  capacityScalerPercent?: number;
  backendPreference?: string;
  maxRatePerEndpoint?: number;
  maxInFlightRequestsPerEndpoint?: number;
}

export interface CustomMetric {
  name: string;
  dryRun: boolean;
  maxUtilizationPercent?: number;
}

export interface HealthCheckPolicy extends Policy {
  spec: {
    targetRef: TargetRef;
    default?: {
      checkIntervalSec?: number;
      timeoutSec?: number;
      healthyThreshold?: number;
      unhealthyThreshold?: number;
      config?: { type: string } & Record<string, unknown>;
    };
  };
}

/** Either shape of the kind: which one, the cluster's version has decided. */
export interface AutoscalingMetric extends KubeObject {
  spec: {
    selector?: { matchLabels: Record<string, string> };
    endpoints?: {
      port: number | string;
      path?: string;
      metrics: { name: string; exportName?: string }[];
    }[];
    metrics?: {
      pod: {
        selector: { matchLabels: Record<string, string> };
        containers: {
          endpoint: { port: number | string; path?: string };
          metrics: {
            gauge: {
              name: string;
              prometheusMetricName?: string;
              loadBalancing?: { enabled: boolean };
            };
          }[];
        }[];
      };
    }[];
  };
}
