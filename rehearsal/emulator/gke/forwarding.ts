import type { RouteFilter } from "./world/gateways";

/** What the load balancer of one programmed Gateway does with requests: which it takes, and where they may go. */
export interface Forwarding {
  /** `namespace/name` of the Gateway. */
  gateway: string;
  /** Id of the config cluster, which has the Gateway. */
  cluster: string;
  /** One for each address and each listener of the Gateway that is rehearsed. */
  listeners: ForwardingListener[];
  pools: ForwardingPool[];
}

export interface ForwardingListener {
  /** Region of the address: where the clients are. */
  region: string;
  /** In the VPC, such as `10.10.0.253`. */
  address: string;
  port: number;
  /** In the order in which they are to be tried. */
  rules: ForwardingRule[];
}

export interface ForwardingRule {
  /** A name, `*.` and a name, or `*` for every host. */
  hostname: string;
  match: RequestMatch;
  filters: RouteFilter[];
  /** Pools, and the share of each in their common weight. */
  backends: { pool: string; weight: number }[];
}

export interface RequestMatch {
  path: { type: "Exact" | "PathPrefix"; value: string };
  headers: { name: string; value: string; isRegex: boolean }[];
}

/** What Google calls a backend service: the pods that one imported pool stands for, in all clusters. */
export interface ForwardingPool {
  /** `namespace/name` of the GCPInferencePoolImport. */
  pool: string;
  /** Seconds that a request may take, its answer included. */
  timeoutSec: number;
  healthCheck: HealthCheck;
  /** One for each cluster that exports the pool. */
  members: ForwardingMember[];
}

export interface HealthCheck {
  /** `namespace/name` of the HealthCheckPolicy, where there is one. */
  policy?: string;
  type: "TCP" | "HTTP" | "HTTPS" | "HTTP2" | "GRPC";
  checkIntervalSec: number;
  timeoutSec: number;
  /** Successes in a row until an endpoint is healthy. */
  healthyThreshold: number;
  /** Failures in a row until it is not. */
  unhealthyThreshold: number;
  /** A number, or the name of a container's port. @default the port that serves */
  port?: number | string;
  /** Path that HTTP checks ask for. */
  requestPath: string;
  /** `Host` of HTTP checks. @default the endpoint's address */
  host?: string;
  /** What the first 1024 bytes of an answer must contain. @default anything passes */
  response?: string;
  /** What a TCP check sends first. */
  request?: string;
  grpcServiceName?: string;
}

export interface ForwardingMember {
  /** Id of the cluster. */
  cluster: string;
  /** Name of the cluster. */
  name: string;
  region: string;
  endpoints: Endpoint[];
  picker: Picker;
  balancing: Balancing;
}

/** A pod at one port of its pool. */
export interface Endpoint {
  /** `namespace/name` of the pod. */
  pod: string;
  ip: string;
  port: number;
  zone?: string;
  labels: Record<string, string>;
  /** The pod's named ports. */
  namedPorts: Record<string, number>;
  /** It ends, and finishes what it has begun. */
  terminating: boolean;
}

/** Who chooses the endpoint of each request. */
export interface Picker {
  /** `ip:port` of each pod that is Ready. */
  addresses: string[];
  /** Whether requests pass without it when it does not answer. */
  failOpen: boolean;
}

/** How the backend policy fills a member. */
export interface Balancing {
  mode: string;
  /** Part of its capacity that counts, 0 to 100; 0: drained. */
  capacityPercent: number;
  preferred: boolean;
  maxRatePerEndpoint?: number;
  maxInFlightRequestsPerEndpoint?: number;
  /** Those of a dry run included. */
  metrics: Gauge[];
}

export interface Gauge {
  /** As the GCPBackendPolicy names it. */
  name: string;
  /** Utilization up to which a member is filled. */
  maxUtilizationPercent: number;
  /** Observed only: it decides nothing. */
  dryRun: boolean;
  /** Where the pods report it. */
  sources: GaugeSource[];
  /** Why nothing is reported. */
  missing?: string;
}

export interface GaugeSource {
  /** Name in the pod's own metrics. */
  gauge: string;
  /** A number, or the name of a container's port. */
  port: number | string;
  path: string;
  namespace: string;
  podLabels: Record<string, string>;
}
