import { Endpoint, Forwarding, ForwardingMember, ForwardingPool, Gauge } from "../gke/forwarding";
import { Capacity, capacityOf, learn, Learned, Sample } from "./capacity";
import { Counters } from "./demand";
import { distanceKm } from "./distances";
import { pairName } from "./names";
import { Rates } from "./rates";
import { Shares } from "./routes";
import { Reservoir, waterfall } from "./waterfall";

/** What is known of the world at one moment. */
export interface Senses {
  /** Seconds since some beginning. */
  at: number;
  counters: Counters;
  /** Whether an endpoint passes the pool's check. */
  isHealthy(pool: ForwardingPool, endpoint: Endpoint): boolean;
  /** What an endpoint reports, 0 to 1. */
  gauge(endpoint: Endpoint, gauge: Gauge): number | undefined;
}

/** A member, and what was decided of it. */
export interface MemberState extends Capacity {
  healthyEndpoints: number;
  inFlight: number;
  /** Means of the gauges over the healthy endpoints, by name. */
  utilization: Record<string, number>;
}

/** Decides again and again which share of each region's requests goes to which member, and learns what members bear. */
export class Spreading {
  private learned = new Map<string, Learned>();
  private states = new Map<string, MemberState>();
  private readonly sent = new Rates();

  /** @returns the share of each pair in what its listener's clients send to the pool */
  decide(forwardings: Forwarding[], senses: Senses): Shares {
    this.sent.update(senses.at, senses.counters.sent);
    const before = this.learned;
    this.learned = new Map();
    this.states = new Map();
    const shares: Shares = {};
    for (const forwarding of forwardings) {
      for (const pool of forwarding.pools) {
        const reservoirs = pool.members.map((member) =>
          this.look(forwarding, pool, member, senses, before),
        );
        Object.assign(shares, this.spread(forwarding, pool, reservoirs));
      }
    }
    return shares;
  }

  stateOf(forwarding: Forwarding, pool: ForwardingPool, member: ForwardingMember): MemberState {
    const state = this.states.get(memberKey(forwarding, pool, member));
    const nothing = { healthyEndpoints: 0, inFlight: 0, utilization: {} };
    return state ?? { ...nothing, budget: 0, capacity: 0 };
  }

  /** Requests per second. */
  rateOf(pair: string): number {
    return this.sent.of(pair);
  }

  private look(
    forwarding: Forwarding,
    pool: ForwardingPool,
    member: ForwardingMember,
    senses: Senses,
    before: Map<string, Learned>,
  ): Reservoir {
    const key = memberKey(forwarding, pool, member);
    const taking = member.endpoints.filter(({ terminating }) => !terminating);
    const healthy = taking.filter((endpoint) => senses.isHealthy(pool, endpoint));
    const pairs = regionsOf(forwarding).map((region) => pairOf(forwarding, region, pool, member));
    const { sent, inFlight: active } = senses.counters;
    const inFlight = sum(pairs.map((pair) => active[pair] ?? 0));
    const sample: Sample = {
      at: senses.at,
      inFlight,
      completed: sum(pairs.map((pair) => sent[pair] ?? 0)) - inFlight,
      healthyEndpoints: healthy.length,
      utilization: utilizationOf(member, healthy, senses),
    };
    const known = learn(before.get(key), sample);
    this.learned.set(key, known);
    const capacity = capacityOf(known, sample, member.balancing);
    this.states.set(key, {
      healthyEndpoints: healthy.length,
      inFlight,
      utilization: sample.utilization,
      ...capacity,
    });
    const { preferred, capacityPercent } = member.balancing;
    return {
      region: member.region,
      preferred,
      drained: capacityPercent === 0,
      healthyEndpoints: healthy.length,
      endpoints: taking.length,
      ...capacity,
    };
  }

  private spread(forwarding: Forwarding, pool: ForwardingPool, reservoirs: Reservoir[]): Shares {
    const regions = regionsOf(forwarding);
    const pairs = regions.map((region) =>
      pool.members.map((member) => pairOf(forwarding, region, pool, member)),
    );
    const clients = regions.map((region, c) => ({
      region,
      demand: sum((pairs[c] ?? []).map((pair) => this.sent.of(pair))),
    }));
    const parts = waterfall(clients, reservoirs, distanceKm);
    const named = pairs.flatMap((row, c) => row.map((pair, m) => [pair, parts[c]?.[m] ?? 0]));
    return Object.fromEntries(named) as Shares;
  }
}

export function regionsOf({ listeners }: Forwarding): string[] {
  return [...new Set(listeners.map(({ region }) => region))];
}

export function pairOf(
  { gateway }: Forwarding,
  listener: string,
  { pool }: ForwardingPool,
  { name }: ForwardingMember,
): string {
  return pairName({ gateway, listener, pool, member: name });
}

function memberKey(forwarding: Forwarding, pool: ForwardingPool, member: ForwardingMember): string {
  return pairOf(forwarding, "", pool, member);
}

/** Endpoints that do not report are left out of the mean: what the others say holds for them. */
function utilizationOf(
  { balancing }: ForwardingMember,
  healthy: Endpoint[],
  senses: Senses,
): Record<string, number> {
  const means = balancing.metrics.flatMap((gauge) => {
    const values = healthy
      .map((endpoint) => senses.gauge(endpoint, gauge))
      .filter((value) => value !== undefined);
    return values.length === 0 ? [] : [[gauge.name, sum(values) / values.length] as const];
  });
  return Object.fromEntries(means);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
