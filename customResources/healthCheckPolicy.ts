import type { GCPInferencePoolImportRef } from "./gcpInferencePoolImport";
import type { ObjectMeta } from "./objectMeta";

/** How the load balancer finds out which backends of one target are healthy. */
export interface HealthCheckPolicy {
  apiVersion: "networking.gke.io/v1";
  kind: "HealthCheckPolicy";
  metadata: ObjectMeta;
  spec: {
    /** The pool, in the policy's own namespace. */
    targetRef: GCPInferencePoolImportRef;
    default: {
      /** Seconds, 1..300, default 5. */
      checkIntervalSec?: number;
      /** Seconds, at most `checkIntervalSec`. */
      timeoutSec?: number;
      /** Checks in a row that make a backend healthy, 1..10, default 2. */
      healthyThreshold?: number;
      /** Checks in a row that make it unhealthy, 1..10, default 2. */
      unhealthyThreshold?: number;
      /** Whether changes of health are logged. */
      logConfig?: { enabled: boolean };
      config: { type: "HTTP"; httpHealthCheck: HttpHealthCheck };
    };
  };
}

/** A check by HTTP; only 200 is healthy. */
export interface HttpHealthCheck {
  /** Google Cloud's own default is `/`. */
  requestPath: string;
  /** USE_FIXED_PORT requires `port`, USE_SERVING_PORT forbids it. */
  portSpecification?: "USE_FIXED_PORT" | "USE_SERVING_PORT";
  /** 1..65535 */
  port?: number;
}
