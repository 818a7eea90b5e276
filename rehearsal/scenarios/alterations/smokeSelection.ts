/**
 * Policies that every rehearsal shows to work in the real engine; the drill `policiesRefuse` shows all of them. The
 * selection has some of each kind: on one resource and across clusters, on Google Cloud's resources and on Kubernetes
 * objects.
 */
export const SMOKE_SELECTION: readonly string[] = [
  "backend-policy-fields",
  "balanced-metric-exported",
  "cluster-identifier-known",
  "gateway-class-allowed",
  "gke-version-floor",
  "hourly-budget",
  "hpa-profile",
  "max-utilization-in-range",
  "picker-metric-fits-server",
  "picker-reachable",
  "pool-exported",
  "timeout-covers-p99",
];
