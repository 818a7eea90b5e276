import { type Change, create, replace, update } from "../change";

export const BACKEND_POLICY =
  "kubernetes:networking.gke.io/v1:GCPBackendPolicy::cross-region-gateway-backend-policy";

const DEFAULT = "spec.default";

/** Load balancing: one object on the config cluster, no pod. */
export const gatewayChanges: Change[] = [
  {
    name: "loadBalancing.mode rate",
    keys: ["loadBalancing.mode", "loadBalancing.maxRatePerEndpoint"],
    what: "`loadBalancing.mode`, `maxRatePerEndpoint`: from `kv-cache` to `rate`",
    settings: { loadBalancing: { mode: "rate", maxUtilization: null, maxRatePerEndpoint: 10 } },
    steps: [
      update(
        BACKEND_POLICY,
        `${DEFAULT}.balancingMode`,
        `${DEFAULT}.customMetrics`,
        `${DEFAULT}.maxRatePerEndpoint`,
        `${DEFAULT}.trafficDuration`,
      ),
    ],
    clusters: [],
    effect: "the next requests are balanced in this way; model servers are not affected",
  },
  {
    name: "loadBalancing.mode in-flight",
    keys: [
      "loadBalancing.mode",
      "loadBalancing.maxInFlightRequestsPerEndpoint",
      "loadBalancing.trafficDuration",
    ],
    what: "`loadBalancing.mode`, `maxInFlightRequestsPerEndpoint`, `trafficDuration`: from `rate` to `in-flight`",
    settings: {
      loadBalancing: {
        mode: "in-flight",
        maxRatePerEndpoint: null,
        maxInFlightRequestsPerEndpoint: 100,
      },
    },
    steps: [
      update(
        BACKEND_POLICY,
        `${DEFAULT}.balancingMode`,
        `${DEFAULT}.maxInFlightRequestsPerEndpoint`,
        `${DEFAULT}.maxRatePerEndpoint`,
        `${DEFAULT}.trafficDuration`,
      ),
    ],
    clusters: [],
    effect: "as above",
  },
  {
    name: "loadBalancing.mode kv-cache",
    keys: ["loadBalancing.mode", "loadBalancing.dryRun"],
    what: "`loadBalancing.mode`, `dryRun`: back to `kv-cache`, not balanced on yet",
    settings: {
      loadBalancing: {
        mode: "kv-cache",
        maxInFlightRequestsPerEndpoint: null,
        maxUtilization: 60,
        dryRun: true,
      },
    },
    steps: [
      update(
        BACKEND_POLICY,
        `${DEFAULT}.balancingMode`,
        `${DEFAULT}.customMetrics`,
        `${DEFAULT}.maxInFlightRequestsPerEndpoint`,
      ),
    ],
    complaint: /no backend balances on gke\.named_metrics\.kv-cache/,
    clusters: [],
    effect:
      "with `dryRun` the metric is only reported: every region gets requests as if it had room",
  },
  {
    name: "loadBalancing.dryRun",
    keys: ["loadBalancing.dryRun"],
    settings: { loadBalancing: { dryRun: null } },
    steps: [update(BACKEND_POLICY, `${DEFAULT}.customMetrics[0].dryRun`)],
    clusters: [],
    effect: "the metric counts from then on",
  },
  {
    name: "requestLogPercent",
    keys: ["requestLogPercent"],
    settings: { requestLogPercent: 10 },
    steps: [update(BACKEND_POLICY, `${DEFAULT}.logging.sampleRate`)],
    clusters: [],
    effect: "counts for requests from then on",
  },
  {
    name: "maxUtilization",
    keys: ["loadBalancing.maxUtilization"],
    settings: { loadBalancing: { maxUtilization: 50 } },
    steps: [update(BACKEND_POLICY, "spec.default.customMetrics[0].maxUtilizationPercent")],
    clusters: [],
    effect: "requests spill over earlier or later",
  },
  {
    name: "timeoutSeconds",
    keys: ["timeoutSeconds"],
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
    keys: ["p99LatencySeconds"],
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

const ZONE = "gcp:dns/managedZone:ManagedZone::dns";
const RECORD = "gcp:dns/recordSet:RecordSet::dns";

/** The gateway's name. */
export const dnsChanges: Change[] = [
  {
    name: "privateDnsName set",
    keys: ["privateDnsName"],
    what: "`privateDnsName`, from none to one",
    settings: { privateDnsName: "llm.corp.internal" },
    steps: [create("inference-gateway:index:PrivateDns::dns"), create(ZONE), create(RECORD)],
    clusters: [],
    effect: "the addresses stay, and answer as before",
  },
  {
    name: "privateDnsName",
    keys: ["privateDnsName"],
    what: "`privateDnsName`, another one",
    settings: { privateDnsName: "models.corp.internal" },
    steps: [replace(ZONE, "dnsName"), replace(RECORD, "managedZone", "name")],
    clusters: [],
    effect:
      "the old name is deleted at once, and stays in clients' caches for 30 s: let them use addresses meanwhile",
  },
];
