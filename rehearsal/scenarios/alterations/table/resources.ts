import type { ResourceId } from "../edit";

// Resources of the stacks that alterations are made to: of what each cluster has, gke-east's.

// Fleet
export const cluster = id("gcp:container/cluster:Cluster", "gke-east");
export const containerApi = id("gcp:projects/service:Service", "apis-container");
export const computeApi = id("gcp:projects/service:Service", "apis-compute");
export const trafficDirectorApi = id("gcp:projects/service:Service", "apis-trafficdirector");
export const membership = id("gcp:gkehub/membership:Membership", "gke-east");
export const provider = id("pulumi:providers:kubernetes", "gke-east");
export const namespace = id("kubernetes:core/v1:Namespace", "gke-east");
export const stack = id("pulumi:pulumi:Stack", "inference-gateway-dev");

// Nodes
export const gpuPool = id("gcp:container/nodePool:NodePool", "gke-east-gpu");
export const systemPool = id("gcp:container/nodePool:NodePool", "gke-east-system");
export const fallbackPool = id("gcp:container/nodePool:NodePool", "gke-west-fallback-1");
export const metricsWriter = id(
  "gcp:projects/iAMMember:IAMMember",
  "nodes-autoscaling.metricsWriter",
);
export const monitoringViewer = id("gcp:projects/iAMMember:IAMMember", "nodes-monitoring.viewer");

// Network
export const firewall = id("gcp:compute/firewall:Firewall", "network-load-balancer");
export const nat = id("gcp:compute/routerNat:RouterNat", "network-us-east4");
export const proxySubnet = id("gcp:compute/subnetwork:Subnetwork", "us-east4-proxy");

// Gateway
export const gateway = id(
  "kubernetes:gateway.networking.k8s.io/v1:Gateway",
  "cross-region-gateway",
);
export const route = id(
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  "cross-region-gateway-route",
);
export const gatewayFeature = id(
  "gcp:gkehub/feature:Feature",
  "cross-region-gateway-multiclusteringress",
);
export const gatewayControllerRole = id(
  "gcp:projects/iAMMember:IAMMember",
  "apis-multiclusteringress-agent-role",
);

// Balancing
export const backendPolicy = id(
  "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
  "cross-region-gateway-backend-policy",
);
export const healthCheck = id(
  "kubernetes:networking.gke.io/v1:HealthCheckPolicy",
  "cross-region-gateway-health-check",
);

// Metrics
export const metric = id(
  "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric",
  "gke-east-metric",
);
export const monitoring = id(
  "kubernetes:monitoring.googleapis.com/v1:PodMonitoring",
  "gke-east-monitoring",
);

// Monitoring
export const dashboard = id("gcp:monitoring/dashboard:Dashboard", "monitoring");
export const alertOfLatency = id("gcp:monitoring/alertPolicy:AlertPolicy", "monitoring-latency");
export const alertOfFullRegions = id("gcp:monitoring/alertPolicy:AlertPolicy", "monitoring-full");

// Pools
export const pool = id("kubernetes:inference.networking.k8s.io/v1:InferencePool", "gke-east-pool");
export const westPool = id(
  "kubernetes:inference.networking.k8s.io/v1:InferencePool",
  "gke-west-pool",
);
export const objective = id(
  "kubernetes:inference.networking.x-k8s.io/v1alpha2:InferenceObjective",
  "gke-east-food-review",
);

// Endpoint picker
export const picker = id("kubernetes:apps/v1:Deployment", "gke-east-epp");
export const pickerService = id("kubernetes:core/v1:Service", "gke-east-epp");
export const pickerRole = id("kubernetes:rbac.authorization.k8s.io/v1:Role", "gke-east-epp-sa");
export const leaderElection = id(
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  "gke-east-epp-leader-election",
);

// Pods
export const modelServer = id("kubernetes:apps/v1:Deployment", "gke-east");
export const modelServerAccount = id("kubernetes:core/v1:ServiceAccount", "gke-east-model-server");
export const budget = id("kubernetes:policy/v1:PodDisruptionBudget", "gke-east");

function id(type: string, name: string): ResourceId {
  return { type, name };
}
