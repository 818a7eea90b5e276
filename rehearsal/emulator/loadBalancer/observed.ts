import { Forwarding, ForwardingMember, ForwardingPool, Gauge } from "../gke/forwarding";
import { Counters } from "./demand";
import { Health } from "./health";
import { listenerName } from "./names";
import { Rates } from "./rates";
import { Shares } from "./routes";
import { pairOf, regionsOf, Spreading } from "./spreading";
import { GatewayTraffic, GaugeTraffic, MemberTraffic, PoolTraffic } from "./traffic";
import type { Endpoint } from "../gke/forwarding";

/** Everything that the balancer knows after a step. */
export interface Observed {
  forwardings: Forwarding[];
  ports: Record<string, number>;
  counters: Counters;
  /** Requests per second of each listener. */
  received: Rates;
  shares: Shares;
  spreading: Spreading;
  health(pool: ForwardingPool, endpoint: Endpoint): Health;
}

/** What people and tests see of it. */
export function gatewayTraffic(seen: Observed): GatewayTraffic[] {
  return seen.forwardings.map((forwarding) => ({
    gateway: forwarding.gateway,
    cluster: forwarding.cluster,
    listeners: forwarding.listeners.map(({ region, address, port }) => {
      const name = listenerName(forwarding.gateway, region, port);
      return {
        region,
        address,
        port,
        url: `http://127.0.0.1:${seen.ports[name]}`,
        requestsPerSecond: rounded(seen.received.of(name)),
        inFlight: seen.counters.waiting[name] ?? 0,
      };
    }),
    pools: forwarding.pools.map((pool) => poolTraffic(seen, forwarding, pool)),
  }));
}

function poolTraffic(seen: Observed, forwarding: Forwarding, pool: ForwardingPool): PoolTraffic {
  return {
    pool: pool.pool,
    members: pool.members.map((member) => memberTraffic(seen, forwarding, pool, member)),
    pairs: regionsOf(forwarding).flatMap((listener) =>
      pool.members.map((member) => {
        const pair = pairOf(forwarding, listener, pool, member);
        return {
          listener,
          member: member.name,
          weightPercent: rounded((seen.shares[pair] ?? 0) * 100),
          requestsPerSecond: rounded(seen.spreading.rateOf(pair)),
          inFlight: seen.counters.inFlight[pair] ?? 0,
        };
      }),
    ),
  };
}

function memberTraffic(
  seen: Observed,
  forwarding: Forwarding,
  pool: ForwardingPool,
  member: ForwardingMember,
): MemberTraffic {
  const { cluster, name, region, balancing, picker, endpoints } = member;
  const { mode, capacityPercent, preferred, metrics } = balancing;
  const state = seen.spreading.stateOf(forwarding, pool, member);
  const pairs = regionsOf(forwarding).map((each) => pairOf(forwarding, each, pool, member));
  const rate = pairs.reduce((sum, pair) => sum + seen.spreading.rateOf(pair), 0);
  return {
    cluster,
    name,
    region,
    mode,
    capacityPercent,
    preferred,
    healthyEndpoints: state.healthyEndpoints,
    endpoints: endpoints.map((endpoint) => ({
      pod: endpoint.pod,
      address: `${endpoint.ip}:${endpoint.port}`,
      terminating: endpoint.terminating,
      ...seen.health(pool, endpoint),
    })),
    pickers: picker.addresses,
    requestsPerSecond: rounded(rate),
    inFlight: state.inFlight,
    gauges: metrics.map((gauge) => gaugeTraffic(gauge, member, state.utilization[gauge.name])),
    ...(Number.isFinite(state.budget) && { budget: rounded(Math.max(0, state.budget)) }),
  };
}

function gaugeTraffic(
  { name, maxUtilizationPercent, dryRun, missing, sources }: Gauge,
  { endpoints }: ForwardingMember,
  utilization: number | undefined,
): GaugeTraffic {
  const told = { name, targetPercent: maxUtilizationPercent, dryRun };
  if (utilization !== undefined) return { ...told, utilizationPercent: rounded(utilization * 100) };
  const [{ gauge, port, path } = { gauge: name, port: "", path: "" }] = sources;
  const silent = `no healthy endpoint of ${endpoints.length} reports ${gauge} at port ${port}, ${path}`;
  return { ...told, missing: missing ?? silent };
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}
