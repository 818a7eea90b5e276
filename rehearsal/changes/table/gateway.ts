import { type Change, update } from "../change";

export const BACKEND_POLICY =
  "kubernetes:networking.gke.io/v1:GCPBackendPolicy::cross-region-gateway-backend-policy";

/** Load balancing: one object on the config cluster, no pod. */
export const gatewayChanges: Change[] = [
  {
    name: "maxUtilization",
    what: "`loadBalancing.maxUtilization`",
    settings: { loadBalancing: { maxUtilization: 50 } },
    steps: [update(BACKEND_POLICY, "spec.default.customMetrics[0].maxUtilizationPercent")],
    clusters: [],
    effect: "requests spill over earlier or later",
  },
  {
    name: "timeoutSeconds",
    what: "`timeoutSeconds`",
    settings: { timeoutSeconds: 900 },
    steps: [
      update(
        BACKEND_POLICY,
        "spec.default.connectionDraining.drainingTimeoutSec",
        "spec.default.timeoutSec",
      ),
    ],
    clusters: [],
    effect: "counts for requests from then on",
  },
  {
    name: "p99LatencySeconds",
    what: "`p99LatencySeconds`, with `timeoutSeconds` left out",
    settings: { timeoutSeconds: null, p99LatencySeconds: 400 },
    steps: [
      update(
        BACKEND_POLICY,
        'metadata.annotations["inference-gateway.dev/p99-latency-seconds"]',
        "spec.default.connectionDraining.drainingTimeoutSec",
        "spec.default.timeoutSec",
      ),
    ],
    clusters: [],
    effect: "the timeout follows: twice this, at least 600",
  },
];
