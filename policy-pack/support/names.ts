import { type Kind, objectsOfKind } from "./kubernetesObject";
import { resourcesOfType } from "./resource";

/** P99 latency of a whole answer in seconds, as text: carried beside the timeout it decides. */
export const P99_ANNOTATION = "inference-gateway.dev/p99-latency-seconds";

/** Makes GKE export an InferencePool to the fleet; only the exact text `True` does. */
export const EXPORT_ANNOTATION = "networking.gke.io/export";

/** GKE's load-balancing policy for one backend. */
export const GCP_BACKEND_POLICY: Kind = { kind: "GCPBackendPolicy", groups: ["networking.gke.io"] };

/** Model servers behind one endpoint picker. */
export const INFERENCE_POOL: Kind = {
  kind: "InferencePool",
  groups: ["inference.networking.k8s.io", "inference.networking.x-k8s.io"],
};

/** Gateway of the Gateway API. */
export const GATEWAY: Kind = { kind: "Gateway", groups: ["gateway.networking.k8s.io"] };

export const gcpBackendPolicies = objectsOfKind(GCP_BACKEND_POLICY);
export const inferencePools = objectsOfKind(INFERENCE_POOL);
export const gateways = objectsOfKind(GATEWAY);
export const subnetworks = resourcesOfType("gcp:compute/subnetwork:Subnetwork");
