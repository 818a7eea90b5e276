/** What the load balancers do at one moment: the answer of `GET /admin/traffic`. */
export interface Traffic {
  /** Process id of Envoy; left out while none runs. */
  pid?: number;
  /** Envoy's own interface, for people. */
  adminUrl?: string;
  /** One line of JSON for each answer. */
  accessLog?: string;
  /** What goes wrong, a line each. */
  problems: string[];
  gateways: GatewayTraffic[];
}

export interface GatewayTraffic {
  /** `namespace/name` */
  gateway: string;
  /** Id of the config cluster. */
  cluster: string;
  listeners: ListenerTraffic[];
  pools: PoolTraffic[];
}

export interface ListenerTraffic {
  region: string;
  /** In the VPC. */
  address: string;
  port: number;
  /** Where it answers on this machine. */
  url: string;
  requestsPerSecond: number;
  /** Requests that clients wait for. */
  inFlight: number;
}

export interface PoolTraffic {
  /** `namespace/name` */
  pool: string;
  members: MemberTraffic[];
  pairs: PairTraffic[];
}

export interface MemberTraffic {
  /** Id of the cluster. */
  cluster: string;
  name: string;
  region: string;
  mode: string;
  capacityPercent: number;
  preferred: boolean;
  /** Pods that take requests, of those that do not end. */
  healthyEndpoints: number;
  endpoints: EndpointTraffic[];
  /** Pickers that are Ready: `ip:port`. */
  pickers: string[];
  requestsPerSecond: number;
  inFlight: number;
  gauges: GaugeTraffic[];
  /** Requests per second that it may get now; left out where nothing limits it. */
  budget?: number;
}

export interface EndpointTraffic {
  pod: string;
  /** `ip:port` */
  address: string;
  healthy: boolean;
  terminating: boolean;
  /** Why it is not healthy. */
  reason?: string;
}

export interface GaugeTraffic {
  /** As the GCPBackendPolicy names it. */
  name: string;
  /** 0 to 100. */
  targetPercent: number;
  dryRun: boolean;
  /** Mean over the healthy endpoints that report it, 0 to 100; left out where none does. */
  utilizationPercent?: number;
  /** Why there is no utilization. */
  missing?: string;
}

export interface PairTraffic {
  /** Region of the listener. */
  listener: string;
  /** Name of the cluster. */
  member: string;
  /** Share of the listener's requests to the pool, 0 to 100. */
  weightPercent: number;
  requestsPerSecond: number;
  inFlight: number;
}

export const NO_TRAFFIC: Traffic = { problems: [], gateways: [] };
