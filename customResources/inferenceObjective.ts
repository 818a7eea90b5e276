import type { ObjectMeta } from "./objectMeta";

/**
 * The priority of requests that name this objective in the header `x-gateway-inference-objective`.
 * Part of gateway-api-inference-extension up to v1.5.0; GKE does not install it.
 */
export interface InferenceObjective {
  apiVersion: "inference.networking.x-k8s.io/v1alpha2";
  kind: "InferenceObjective";
  metadata: ObjectMeta;
  spec: {
    /** Unset counts as 0; a negative one may be shed when the pool is saturated. */
    priority?: number;
    poolRef: { group: "inference.networking.k8s.io"; kind: "InferencePool"; name: string };
  };
}
