import type { GCPInferencePoolImportRef } from "./gcpInferencePoolImport";
import type { ObjectMeta } from "./objectMeta";

/** How the load balancer finds out which backends of one target are healthy. */
export interface HealthCheckPolicy {
  apiVersion: "networking.gke.io/v1";
  kind: "HealthCheckPolicy";
  metadata: ObjectMeta;
  spec: {
    targetRef: GCPInferencePoolImportRef;
    default: {
      /** Seconds, 1..300, default 5. */
      checkIntervalSec?: number;
      /** Seconds, at most `checkIntervalSec`. */
      timeoutSec?: number;
      /** 1..10 */
      healthyThreshold?: number;
      /** 1..10 */
      unhealthyThreshold?: number;
      logConfig?: { enabled: boolean };
      config: { type: "HTTP"; httpHealthCheck: HttpHealthCheck };
    };
  };
}

export interface HttpHealthCheck {
  requestPath: string;
  /** USE_FIXED_PORT requires `port`. */
  portSpecification?: "USE_FIXED_PORT" | "USE_SERVING_PORT";
  port?: number;
}
