/** A region whose clients send requests. */
export interface Clients {
  region: string;
  /** Requests per second that they send. */
  demand: number;
}

/** A member as the rule sees it. */
export interface Reservoir {
  region: string;
  /** Filled before all that are not. */
  preferred: boolean;
  /** Takes nothing more, however healthy. */
  drained: boolean;
  healthyEndpoints: number;
  endpoints: number;
  /** Requests per second that it may get now; below 0 where it is too full, Infinity where nothing limits it. */
  budget: number;
  /** Requests per second that it bears at its target; Infinity where nothing limits it. */
  capacity: number;
}

/**
 * Part of the endpoints of a region that must be healthy so that all its requests stay. Google's default of
 * `failoverHealthThreshold`, "70 for others" than the classic load balancer:
 * https://cloud.google.com/service-mesh/docs/reference/network-services/rest/v1/projects.locations.serviceLbPolicies.
 * That requests leave in proportion below it is assumed; Envoy's priorities do so.
 */
const FAILOVER_HEALTH = 0.7;

/** Requests per second below which nothing counts; a region whose clients are silent has its shares, too, as if it sent so many. */
const LEAST_DEMAND = 1e-6;

/**
 * How clients of each region spread over the members: Google's WATERFALL_BY_REGION, the default, "direct traffic to the
 * nearest region with endpoints and capacity before spilling over to other regions"; preferred members "will be filled
 * up to their capacity limits first, based on RTT" (`preference` in the discovery document of the Compute API). What no
 * region has room for makes all of them equally full, because a target does not limit.
 *
 * @returns for each client region the share of each member, in their order; together 1, or 0 where no member takes any
 */
export function waterfall(
  clients: Clients[],
  members: Reservoir[],
  distance: (from: string, to: string) => number,
): number[][] {
  const takers = members.flatMap((member, i) => (takes(member) ? [i] : []));
  if (takers.length === 0) return clients.map(() => members.map(() => 0));
  const flows = clients.map(() => members.map(() => 0));
  const waiting = clients.map(({ demand }) => Math.max(demand, LEAST_DEMAND));
  const room = members.map(({ budget }) => Math.max(0, budget));
  const orders = clients.map(({ region }) => nearestFirst(takers, members, region, distance));
  for (const [round] of takers.entries()) {
    const asks = clients.map((_, c) => {
      const m = orders[c]?.[round] as number;
      return { m, amount: (waiting[c] as number) * keptShare(members[m] as Reservoir) };
    });
    for (const m of new Set(asks.map((ask) => ask.m))) {
      const total = sum(asks.filter((ask) => ask.m === m).map(({ amount }) => amount));
      const granted = total === 0 ? 0 : Math.min(1, (room[m] as number) / total);
      asks.forEach((ask, c) => {
        if (ask.m !== m) return;
        (flows[c] as number[])[m] = ask.amount * granted;
        waiting[c] = (waiting[c] as number) - ask.amount * granted;
        // Rounding may have granted a trace more than there was.
        room[m] = Math.max(0, (room[m] as number) - ask.amount * granted);
      });
    }
  }
  const sizes = overflow(members, takers, sum(waiting));
  return flows.map((row, c) => {
    const all = row.map((flow, m) => flow + (waiting[c] as number) * (sizes[m] as number));
    const total = sum(all);
    return all.map((flow) => flow / total);
  });
}

/** Whether a member may get requests at all. */
export function takes({ drained, healthyEndpoints }: Reservoir): boolean {
  return !drained && healthyEndpoints > 0;
}

function nearestFirst(
  takers: number[],
  members: Reservoir[],
  region: string,
  distance: (from: string, to: string) => number,
): number[] {
  const rank = (i: number) => {
    const { preferred, region: own } = members[i] as Reservoir;
    return [preferred ? 0 : 1, distance(region, own)] as const;
  };
  return [...takers].sort((a, b) => {
    const [[preferredA, farA], [preferredB, farB]] = [rank(a), rank(b)];
    return preferredA - preferredB || Math.sign(farA - farB) || a - b;
  });
}

function keptShare({ healthyEndpoints, endpoints }: Reservoir): number {
  return Math.min(1, healthyEndpoints / endpoints / FAILOVER_HEALTH);
}

/**
 * How what overflows is split: so that all become as full, measured by their targets. Those that are too full already
 * get none until the others are. Where the capacity of some is not known, by healthy endpoints.
 */
function overflow(members: Reservoir[], takers: number[], amount: number): number[] {
  const known = takers.every((i) => Number.isFinite((members[i] as Reservoir).capacity));
  const sizes = members.map(({ capacity, healthyEndpoints }, i) => {
    if (!takers.includes(i)) return 0;
    if (!known) return healthyEndpoints;
    return capacity < LEAST_DEMAND ? 0 : capacity;
  });
  const debts = members.map(({ budget }) => (known ? Math.max(0, -budget) : 0));
  const level = fillLevel(sizes, debts, amount);
  const parts = sizes.map((size, i) => Math.max(0, level * size - (debts[i] as number)));
  const total = sum(parts);
  return total > 0 ? parts.map((part) => part / total) : parts.map((_, i) => evenly(takers, i));
}

/** The level at which the parts above the debts hold the amount. */
function fillLevel(sizes: number[], debts: number[], amount: number): number {
  const steps = sizes
    .flatMap((size, i) => (size > 0 ? [{ size, debt: debts[i] as number }] : []))
    .sort((a, b) => a.debt / a.size - b.debt / b.size);
  let level = 0;
  let [size, debt] = [0, 0];
  for (const step of steps) {
    if (size > 0 && level <= step.debt / step.size) break;
    size += step.size;
    debt += step.debt;
    level = (amount + debt) / size;
  }
  return level;
}

function evenly(takers: number[], i: number): number {
  return takers.includes(i) ? 1 / takers.length : 0;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
