import { Balancing } from "../../../../emulator/gke/forwarding";
import {
  capacityOf,
  learn,
  Learned,
  Sample,
  UNLIMITED,
} from "../../../../emulator/loadBalancer/capacity";
import { distanceKm } from "../../../../emulator/loadBalancer/distances";
import { waterfall } from "../../../../emulator/loadBalancer/waterfall";

export const GAUGE = "gke.named_metrics.kv-cache";

export function byGauge(maxUtilizationPercent = 60, over: Partial<Balancing> = {}): Balancing {
  const gauge = { name: GAUGE, maxUtilizationPercent, dryRun: false, sources: [] };
  const mode = "CUSTOM_METRICS";
  return { mode, capacityPercent: 100, preferred: false, metrics: [gauge], ...over };
}

export interface PlantMember {
  region: string;
  endpoints: number;
  /** Part of one endpoint's cache that one request takes. */
  perRequest: number;
  balancing: Balancing;
  /** Whether the gauge is reported. @default true */
  reports?: boolean;
}

export interface PlantOptions {
  seed: number;
  seconds: number;
  members: PlantMember[];
  /** Requests per second of each client region, at a second. */
  demand: Record<string, (second: number) => number>;
  /** Seconds that a request takes. */
  duration: (random: () => number) => number;
  /** Changes members before a second begins. */
  change?: (second: number, members: PlantMember[]) => void;
}

export interface Tick {
  second: number;
  /** Of each member. */
  utilization: number[];
  inFlight: number[];
  /** Of each client region, the share of each member. */
  weights: Record<string, number[]>;
}

/** As the balancer smooths what clients send. */
const DEMAND_SECONDS = 5;

interface Running {
  member: number;
  ends: number;
}

/**
 * Model servers that serve requests of an open loop, and the balancer's rule in a loop with them: it sees them once a
 * second, its gauges are a second old, and what it decides holds from the next second.
 */
export function play(options: PlantOptions): Tick[] {
  const { seed, seconds, members, demand, duration, change } = options;
  const random = randomOf(seed);
  const regions = Object.keys(demand);
  const completed = members.map(() => 0);
  const arrived = regions.map(() => 0);
  const learned: (Learned | undefined)[] = members.map(() => undefined);
  let running: Running[] = [];
  let seen = members.map(() => 0);
  let smoothDemand = regions.map(() => 0);
  const ticks: Tick[] = [];
  let weights = decide();
  for (let second = 0; second < seconds; second++) {
    change?.(second, members);
    for (const [c, region] of regions.entries()) {
      for (const at of arrivals(demand[region]?.(second) ?? 0, random)) {
        arrived[c] = (arrived[c] ?? 0) + 1;
        const member = pick(weights[c] ?? [], random);
        running.push({ member, ends: second + at + duration(random) });
      }
    }
    for (const { member, ends } of running) {
      if (ends <= second + 1) completed[member] = (completed[member] ?? 0) + 1;
    }
    running = running.filter(({ ends }) => ends > second + 1);
    const stale = seen;
    seen = members.map((_, m) => utilizationOf(m));
    const factor = 1 - Math.exp(-1 / DEMAND_SECONDS);
    smoothDemand = smoothDemand.map((old, c) => old + ((arrived[c] ?? 0) - old) * factor);
    arrived.fill(0);
    weights = decide(second + 1, stale);
    ticks.push({
      second,
      utilization: seen,
      inFlight: members.map((_, m) => inFlightOf(m)),
      weights: Object.fromEntries(regions.map((region, c) => [region, weights[c] ?? []])),
    });
  }
  return ticks;

  function inFlightOf(m: number): number {
    return running.filter(({ member }) => member === m).length;
  }

  function utilizationOf(m: number): number {
    const { endpoints, perRequest } = members[m] as PlantMember;
    return Math.min(1, (inFlightOf(m) * perRequest) / endpoints);
  }

  function decide(at = 0, utilization = members.map(() => 0)): number[][] {
    const reservoirs = members.map(({ region, endpoints, balancing, reports = true }, m) => {
      const sample: Sample = {
        at,
        inFlight: inFlightOf(m),
        completed: completed[m] ?? 0,
        healthyEndpoints: endpoints,
        utilization: reports ? { [GAUGE]: utilization[m] ?? 0 } : {},
      };
      const known = learn(learned[m], sample);
      learned[m] = known;
      const capacity = at === 0 ? UNLIMITED : capacityOf(known, sample, balancing);
      const { preferred, capacityPercent } = balancing;
      const drained = capacityPercent === 0;
      return { region, preferred, drained, healthyEndpoints: endpoints, endpoints, ...capacity };
    });
    const clients = regions.map((region, c) => ({ region, demand: smoothDemand[c] ?? 0 }));
    return waterfall(clients, reservoirs, distanceKm);
  }
}

function arrivals(rate: number, random: () => number): number[] {
  const found: number[] = [];
  if (rate <= 0) return found;
  for (let at = wait(rate, random); at < 1; at += wait(rate, random)) found.push(at);
  return found;
}

function wait(rate: number, random: () => number): number {
  return -Math.log(1 - random()) / rate;
}

function pick(weights: number[], random: () => number): number {
  let left = random();
  for (const [m, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return m;
  }
  return weights.length - 1;
}

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function mean(numbers: number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
