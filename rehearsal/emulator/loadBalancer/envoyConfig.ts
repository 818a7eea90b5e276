import {
  Endpoint,
  Forwarding,
  ForwardingListener,
  ForwardingMember,
  ForwardingPool,
} from "../gke/forwarding";
import { listenerName, pairName, pickerName, fileName } from "./names";
import { routeConfig, Json, Shares } from "./routes";

/** What Envoy's configuration is made of. */
export interface Plan {
  forwardings: Forwarding[];
  /** Port on 127.0.0.1 of each listener, by its name. */
  ports: Record<string, number>;
  /** Share of each member in the requests of a listener region to a pool. */
  shares: Shares;
  /** Whether an endpoint may get requests. */
  isHealthy(pool: ForwardingPool, endpoint: Endpoint): boolean;
}

export interface EnvoyPaths {
  /** Where the files are that Envoy watches. */
  directory: string;
  /** One line of JSON for each answer. */
  accessLog: string;
}

/** Files of one state of the load balancers, by name. Envoy must never read one half written. */
export type EnvoyFiles = Record<string, Json>;

export const LISTENERS_FILE = "listeners.json";
export const CLUSTERS_FILE = "clusters.json";

/** A cluster without endpoints: the filter must name one, and every route names another. */
const NO_PICKER = "none";

/** The configuration with which Envoy starts: it reads the rest from files, and again when one is replaced. */
export function bootstrap({ directory }: EnvoyPaths, adminPort: number): Json {
  const source = (file: string) => ({
    path_config_source: { path: `${directory}/${file}`, watched_directory: { path: directory } },
    resource_api_version: "V3",
  });
  return {
    node: { id: "rehearsal", cluster: "rehearsal" },
    admin: { address: socket("127.0.0.1", adminPort) },
    dynamic_resources: {
      lds_config: source(LISTENERS_FILE),
      cds_config: source(CLUSTERS_FILE),
    },
    static_resources: { clusters: [{ name: NO_PICKER, type: "STATIC", connect_timeout: "1s" }] },
  };
}

export function envoyFiles(plan: Plan, paths: EnvoyPaths): EnvoyFiles {
  const files: EnvoyFiles = {};
  const clusters: Json[] = [];
  const listeners: Json[] = [];
  for (const forwarding of plan.forwardings) {
    const { gateway, pools } = forwarding;
    const regions = [...new Set(forwarding.listeners.map(({ region }) => region))];
    for (const pool of pools) {
      for (const member of pool.members) {
        clusters.push(pickerCluster(gateway, pool, member));
        for (const region of regions) {
          const name = pairName({
            gateway,
            listener: region,
            pool: pool.pool,
            member: member.name,
          });
          const file = `endpoints_${fileName(name)}.json`;
          clusters.push(memberCluster(name, file, { region, pool, member }, paths));
          files[file] = resources(ENDPOINTS, [endpointsOf(name, plan, pool, member)]);
        }
      }
    }
    for (const listener of forwarding.listeners) {
      const name = listenerName(gateway, listener.region, listener.port);
      const file = `routes_${fileName(name)}.json`;
      listeners.push(listenerOf(name, file, plan.ports[name] ?? 0, listener, paths));
      files[file] = resources(ROUTES, [routeConfig(name, forwarding, listener, plan.shares)]);
    }
  }
  files[CLUSTERS_FILE] = resources(CLUSTER, clusters);
  files[LISTENERS_FILE] = resources(LISTENER, listeners);
  return files;
}

const TYPES = "type.googleapis.com/envoy";
const CLUSTER = `${TYPES}.config.cluster.v3.Cluster`;
const LISTENER = `${TYPES}.config.listener.v3.Listener`;
const ROUTES = `${TYPES}.config.route.v3.RouteConfiguration`;
const ENDPOINTS = `${TYPES}.config.endpoint.v3.ClusterLoadAssignment`;
const HTTP = `${TYPES}.extensions.filters.http`;

/** Which endpoint the picker has chosen: https://github.com/kubernetes-sigs/gateway-api-inference-extension, proposal 004. */
export const DESTINATION = "x-gateway-destination-endpoint";

/** An endless limit, as far as Envoy has one: Google's proxies are many. */
const UNLIMITED = 1_000_000;

function memberCluster(
  name: string,
  file: string,
  { region, pool, member }: { region: string; pool: ForwardingPool; member: ForwardingMember },
  { directory }: EnvoyPaths,
): Json {
  return {
    name,
    type: "EDS",
    eds_cluster_config: {
      eds_config: {
        path_config_source: {
          path: `${directory}/${file}`,
          watched_directory: { path: directory },
        },
        resource_api_version: "V3",
      },
    },
    connect_timeout: "5s",
    // Without it, Envoy sends requests to unhealthy endpoints where few are healthy; Google answers with 503.
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    circuit_breakers: unlimited(),
    metadata: {
      filter_metadata: { member: { cluster: member.name, pool: pool.pool, listener: region } },
    },
    load_balancing_policy: {
      policies: [
        {
          typed_extension_config: {
            name: "envoy.load_balancing_policies.override_host",
            typed_config: {
              "@type": `${TYPES}.extensions.load_balancing_policies.override_host.v3.OverrideHost`,
              override_host_sources: [{ header: DESTINATION }],
              fallback_policy: {
                policies: [
                  {
                    typed_extension_config: {
                      name: "envoy.load_balancing_policies.round_robin",
                      typed_config: {
                        "@type": `${TYPES}.extensions.load_balancing_policies.round_robin.v3.RoundRobin`,
                      },
                    },
                  },
                ],
              },
            },
          },
        },
      ],
    },
  };
}

/** A picker shows a certificate that it has signed itself: it is not verified. */
function pickerCluster(gateway: string, pool: ForwardingPool, member: ForwardingMember): Json {
  const name = pickerName(gateway, pool.pool, member);
  return {
    name,
    type: "STATIC",
    connect_timeout: "5s",
    circuit_breakers: unlimited(),
    load_assignment: {
      cluster_name: name,
      endpoints: [
        {
          lb_endpoints: member.picker.addresses.map((address) => {
            const at = address.lastIndexOf(":");
            return lbEndpoint(address.slice(0, at), Number(address.slice(at + 1)));
          }),
        },
      ],
    },
    transport_socket: {
      name: "envoy.transport_sockets.tls",
      typed_config: {
        "@type": `${TYPES}.extensions.transport_sockets.tls.v3.UpstreamTlsContext`,
        common_tls_context: { alpn_protocols: ["h2"] },
      },
    },
    typed_extension_protocol_options: {
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
        "@type": `${TYPES}.extensions.upstreams.http.v3.HttpProtocolOptions`,
        explicit_http_config: { http2_protocol_options: {} },
      },
    },
  };
}

function unlimited(): Json {
  const limits = {
    max_connections: UNLIMITED,
    max_pending_requests: UNLIMITED,
    max_requests: UNLIMITED,
    max_retries: UNLIMITED,
  };
  return { thresholds: [{ priority: "DEFAULT", ...limits }] };
}

function endpointsOf(
  name: string,
  plan: Plan,
  pool: ForwardingPool,
  member: ForwardingMember,
): Json {
  return {
    cluster_name: name,
    endpoints: [
      {
        lb_endpoints: member.endpoints.map((endpoint) => ({
          ...lbEndpoint(endpoint.ip, endpoint.port),
          health_status: healthStatus(endpoint, plan.isHealthy(pool, endpoint)),
        })),
      },
    ],
  };
}

/** Draining and unhealthy endpoints get nothing new; what they have begun goes on. */
function healthStatus({ terminating }: Endpoint, isHealthy: boolean): string {
  if (terminating) return "DRAINING";
  return isHealthy ? "HEALTHY" : "UNHEALTHY";
}

function listenerOf(
  name: string,
  routesFile: string,
  port: number,
  { region }: ForwardingListener,
  { directory, accessLog }: EnvoyPaths,
): Json {
  return {
    name,
    address: socket("127.0.0.1", port),
    filter_chains: [
      {
        filters: [
          {
            name: "envoy.filters.network.http_connection_manager",
            typed_config: {
              "@type": `${TYPES}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
              stat_prefix: name,
              codec_type: "AUTO",
              generate_request_id: true,
              // What is answered is the model server's, and says nothing of a proxy.
              server_header_transformation: "PASS_THROUGH",
              stream_idle_timeout: "0s",
              rds: {
                route_config_name: name,
                config_source: {
                  path_config_source: {
                    path: `${directory}/${routesFile}`,
                    watched_directory: { path: directory },
                  },
                  resource_api_version: "V3",
                },
              },
              http_filters: [removesHint(), picks(), routes()],
              access_log: [accessLogTo(accessLog, region)],
            },
          },
        ],
      },
    ],
  };
}

/** A client has no say in who answers it. */
function removesHint(): Json {
  return {
    name: "envoy.filters.http.header_mutation",
    typed_config: {
      "@type": `${HTTP}.header_mutation.v3.HeaderMutation`,
      mutations: { request_mutations: [{ remove: DESTINATION }] },
    },
  };
}

/** Asks a picker; whether and which one, the route says for each member. */
function picks(): Json {
  return {
    name: "envoy.filters.http.ext_proc",
    disabled: true,
    typed_config: {
      "@type": `${HTTP}.ext_proc.v3.ExternalProcessor`,
      grpc_service: { envoy_grpc: { cluster_name: NO_PICKER } },
      processing_mode: {
        request_header_mode: "SEND",
        request_body_mode: "FULL_DUPLEX_STREAMED",
        request_trailer_mode: "SEND",
        response_header_mode: "SEND",
        response_body_mode: "FULL_DUPLEX_STREAMED",
        response_trailer_mode: "SEND",
      },
      message_timeout: "10s",
      // The member is chosen before its picker is asked, and stays.
      route_cache_action: "RETAIN",
    },
  };
}

function routes(): Json {
  return {
    name: "envoy.filters.http.router",
    typed_config: { "@type": `${HTTP}.router.v3.Router`, suppress_envoy_headers: true },
  };
}

function accessLogTo(path: string, region: string): Json {
  return {
    name: "envoy.access_loggers.file",
    typed_config: {
      "@type": `${TYPES}.extensions.access_loggers.file.v3.FileAccessLog`,
      path,
      log_format: {
        json_format: {
          time: "%START_TIME%",
          listener: region,
          member: "%CLUSTER_METADATA(member:cluster)%",
          pool: "%CLUSTER_METADATA(member:pool)%",
          method: "%REQ(:METHOD)%",
          path: "%REQ(:PATH)%",
          code: "%RESPONSE_CODE%",
          flags: "%RESPONSE_FLAGS%",
          details: "%RESPONSE_CODE_DETAILS%",
          milliseconds: "%DURATION%",
          endpoint: "%UPSTREAM_HOST%",
          requestId: "%REQ(X-REQUEST-ID)%",
        },
      },
    },
  };
}

function lbEndpoint(address: string, port: number): Record<string, Json> {
  return { endpoint: { address: socket(address, port) } };
}

function socket(address: string, port: number): Json {
  return { socket_address: { address, port_value: port } };
}

/** As a management server would answer. The version is for people: Envoy compares the content. */
function resources(type: string, all: Json[]): Json {
  return {
    version_info: "1",
    resources: all.map((each) => ({ "@type": type, ...(each as object) })),
  };
}
