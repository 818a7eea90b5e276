import type { GCPInferencePoolImportRef } from "./gcpInferencePoolImport";
import type { ObjectMeta } from "./objectMeta";

/** How the load balancer treats the backends of one target. Only one policy per target is safe: the oldest wins. */
export interface GCPBackendPolicy {
  apiVersion: "networking.gke.io/v1";
  kind: "GCPBackendPolicy";
  metadata: ObjectMeta;
  spec: {
    /** The pool, in the policy's own namespace. */
    targetRef: GCPInferencePoolImportRef;
    default: BackendDefaults;
  };
}

/** A field may stand here or in `scopes`, not in both (CEL rule of the CRD). */
export interface BackendDefaults extends Balancing {
  /** Seconds, 1..2147483647. The load balancer's own default is 30. */
  timeoutSec?: number;
  logging?: {
    enabled: boolean;
    /** Requests of a million, 0..1000000. @default 1000000 */
    sampleRate?: number;
  };
  connectionDraining?: {
    /** Seconds that a leaving backend has to finish its requests, 0..3600. */
    drainingTimeoutSec: number;
  };
  /** At most 16; the first that matches a backend wins. */
  scopes?: BackendScope[];
}

/** What differs for some backends. */
export interface BackendScope extends Balancing {
  /** All keys that are given have to match. */
  selector: { "gke.io/region"?: string; "gke.io/zone"?: string; "gke.io/cluster-name"?: string };
}

/** How requests are spread. */
export interface Balancing {
  /** What decides when a backend is full. */
  balancingMode?: "RATE" | "CUSTOM_METRICS" | "IN_FLIGHT";
  /** LONG: requests take longer than a second. Forbids RATE; IN_FLIGHT needs it. */
  trafficDuration?: "SHORT" | "LONG";
  /** At most 2. */
  customMetrics?: CustomMetric[];
  /** 1..1e9; needs IN_FLIGHT and LONG. */
  maxInFlightRequestsPerEndpoint?: number;
  /** 1..1e9; needs RATE. */
  maxRatePerEndpoint?: number;
  /** Part of the backends' capacity to use, 0..100; 0 drains. @default 100 */
  capacityScalerPercent?: number;
  /** PREFERRED backends are filled before any other. */
  backendPreference?: "DEFAULT" | "PREFERRED";
}

/** A metric that backends report, and its limit. */
export interface CustomMetric {
  /** `gke.named_metrics.<exported name>`, at most 63 characters with the prefix. */
  name: string;
  /** Reported, but not balanced on. Required by the CRD. */
  dryRun: boolean;
  /** 0..100; the load balancer's own default is 80. There is no field `maxUtilization`. */
  maxUtilizationPercent?: number;
}
