import { type Kind, objectsOfKind } from "./kubernetesObject";

/** GKE's load-balancing policy for one backend. */
export const GCP_BACKEND_POLICY: Kind = { kind: "GCPBackendPolicy", groups: ["networking.gke.io"] };

/** Health check of GKE's load balancer for one backend. */
export const HEALTH_CHECK_POLICY: Kind = {
  kind: "HealthCheckPolicy",
  groups: ["networking.gke.io"],
};

/** Model servers behind one endpoint picker. */
export const INFERENCE_POOL: Kind = {
  kind: "InferencePool",
  groups: ["inference.networking.k8s.io", "inference.networking.x-k8s.io"],
};

/**
 * Priority of a kind of request for the endpoint picker; moved to llm-d after the picker's v1.5.
 */
const INFERENCE_OBJECTIVE: Kind = {
  kind: "InferenceObjective",
  groups: ["inference.networking.x-k8s.io", "llm-d.ai"],
};

/** Kind of object by which a gateway's cluster knows an exported pool. GKE creates these itself. */
export const POOL_IMPORT = "GCPInferencePoolImport";

export const gcpBackendPolicies = objectsOfKind(GCP_BACKEND_POLICY);
export const inferencePools = objectsOfKind(INFERENCE_POOL);
export const inferenceObjectives = objectsOfKind(INFERENCE_OBJECTIVE);

const GATEWAY: Kind = { kind: "Gateway", groups: ["gateway.networking.k8s.io"] };
const HTTP_ROUTE: Kind = { kind: "HTTPRoute", groups: ["gateway.networking.k8s.io"] };
export const gateways = objectsOfKind(GATEWAY);
export const httpRoutes = objectsOfKind(HTTP_ROUTE);
export const healthCheckPolicies = objectsOfKind(HEALTH_CHECK_POLICY);
export const autoscalingMetrics = objectsOfKind({
  kind: "AutoscalingMetric",
  groups: ["autoscaling.gke.io"],
});
export const computeClasses = objectsOfKind({
  kind: "ComputeClass",
  groups: ["cloud.google.com"],
});
export const podMonitorings = objectsOfKind({
  kind: "PodMonitoring",
  groups: ["monitoring.googleapis.com"],
});
export const deployments = objectsOfKind({ kind: "Deployment", groups: ["apps"] });
export const configMaps = objectsOfKind({ kind: "ConfigMap", groups: [""] });
export const secrets = objectsOfKind({ kind: "Secret", groups: [""] });
export const namespaces = objectsOfKind({ kind: "Namespace", groups: [""] });
