import type { HealthCheckPolicy } from "../../customResources/healthCheckPolicy";

import { importOf } from "./importReference";

export interface HealthCheckArgs {
  /** Name of the policy: the gateway's own. */
  name: string;
  /** The pool's own, in which its import is. */
  namespace: string;
  /** Name of the InferencePool in every cluster. */
  poolName: string;
  /** The one port of the pool, on which the model servers listen. */
  port: number;
}

/**
 * Asks each model server for `/health`. Without it Google Cloud asks for `/`, which a model server answers with 404, and
 * no backend is ever healthy.
 *
 * The port is fixed, because the pool has one. A pool of several would want `USE_SERVING_PORT`: each of its ports is a
 * network endpoint group of its own, and all of them would be judged by the one that is fixed here.
 */
export function healthCheck({
  name,
  namespace,
  poolName,
  port,
}: HealthCheckArgs): HealthCheckPolicy {
  return {
    apiVersion: "networking.gke.io/v1",
    kind: "HealthCheckPolicy",
    metadata: { name, namespace },
    spec: {
      targetRef: importOf(poolName),
      default: {
        checkIntervalSec: 5,
        timeoutSec: 5,
        config: {
          type: "HTTP",
          httpHealthCheck: { requestPath: "/health", portSpecification: "USE_FIXED_PORT", port },
        },
      },
    },
  };
}
