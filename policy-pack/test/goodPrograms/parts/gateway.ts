import type { Registered } from "../../support/policies";

import { object, regionOf, type Site } from "./site";

const GATEWAY_CLASS = "gke-l7-cross-regional-internal-managed-mc";
const ADDRESS = "networking.gke.io/ephemeral-ipv4-address/";

/** The reference to the imported pool. */
export const importOf = (pool: string) => ({
  group: "networking.gke.io",
  kind: "GCPInferencePoolImport",
  name: pool,
});

/** The gateway in the config cluster, with its route and its policies. */
export function gateway(site: Site, { port = 8000 } = {}): Registered[] {
  const { namespace, pool, places } = site;
  const [config] = places;
  const cluster = config?.name ?? "";
  return [
    object(
      cluster,
      "gateway.networking.k8s.io/v1:Gateway",
      { name: "front", namespace },
      {
        spec: {
          gatewayClassName: GATEWAY_CLASS,
          addresses: places.map((place) => ({
            type: `${ADDRESS}${regionOf(place)}`,
            value: regionOf(place),
          })),
          listeners: [{ name: "http", protocol: "HTTP", port: 80 }],
        },
      },
    ),
    object(
      cluster,
      "gateway.networking.k8s.io/v1:HTTPRoute",
      { name: "to-pool", namespace },
      {
        spec: { parentRefs: [{ name: "front" }], rules: [{ backendRefs: [importOf(pool)] }] },
      },
    ),
    ...policies(site, pool, port),
  ];
}

/** How the load balancer spreads requests to a pool, and asks whether its servers are well. */
export function policies({ namespace, places: [config] }: Site, pool: string, port: number) {
  const cluster = config?.name ?? "";
  const targetRef = importOf(pool);
  return [
    object(
      cluster,
      "networking.gke.io/v1:GCPBackendPolicy",
      { name: `${pool}-balancing`, namespace },
      {
        metadata: {
          name: `${pool}-balancing`,
          namespace,
          annotations: { "inference-gateway.dev/p99-latency-seconds": "45" },
        },
        spec: {
          targetRef,
          default: {
            timeoutSec: 300,
            balancingMode: "CUSTOM_METRICS",
            trafficDuration: "LONG",
            customMetrics: [
              { name: "gke.named_metrics.cache", dryRun: false, maxUtilizationPercent: 60 },
            ],
          },
        },
      },
    ),
    object(
      cluster,
      "networking.gke.io/v1:HealthCheckPolicy",
      { name: `${pool}-health`, namespace },
      {
        spec: {
          targetRef,
          default: {
            checkIntervalSec: 10,
            timeoutSec: 5,
            config: {
              type: "HTTP",
              httpHealthCheck: {
                requestPath: "/health",
                portSpecification: "USE_FIXED_PORT",
                port,
              },
            },
          },
        },
      },
    ),
  ];
}
