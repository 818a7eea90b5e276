import { Balancing } from "../gke/forwarding";

/** What is seen of a member at one moment. */
export interface Sample {
  /** Seconds since some beginning. */
  at: number;
  /** Requests that it has and has not answered. */
  inFlight: number;
  /** Requests that it has answered since some beginning. */
  completed: number;
  healthyEndpoints: number;
  /** Mean of each deciding gauge over the healthy endpoints, by its name; left out where nobody reports it. */
  utilization: Record<string, number>;
}

/** What has been learned of a member so far. */
export interface Learned {
  at: number;
  completed: number;
  /** Answers per second and requests in flight, smoothed. */
  rate: number;
  inFlight: number;
  /** What each gauge has shown, by its name. */
  gauges: Record<string, LearnedGauge>;
}

export interface LearnedGauge {
  /** Utilization and requests in flight, smoothed since the gauge is reported. */
  used: number;
  inFlight: number;
  /** Part of one endpoint that one request takes; undefined until a request has shown it. */
  perRequest?: number;
}

/** What a member may get. */
export interface Capacity {
  /** Requests per second, now. Below 0: it is so much too full. */
  budget: number;
  /** Requests per second, in the long run. */
  capacity: number;
}

export const UNLIMITED: Capacity = { budget: Infinity, capacity: Infinity };

/** Fewer requests in flight than this tell nothing of what one of them takes. */
const LEAST_IN_FLIGHT = 0.5;

/** Fullness and requests in flight are smoothed over these seconds, both alike, so that their quotient does not lag. */
const SMOOTH_SECONDS = 3;

/** Requests that take these seconds are long. */
const LONG_SECONDS = 5;

/** Lower and upper bound of the seconds over which answers are counted, and of those in which a gap is closed. */
const COUNT_SECONDS: Bounds = [2, 5];
const CLOSE_SECONDS: Bounds = [1, 4];
type Bounds = [number, number];

/**
 * Requests in flight of each endpoint that a target always allows. Without any, a member would never show that what was
 * learned of it is wrong.
 */
const LEAST_PER_ENDPOINT = 1;

/** What a sample adds to what is known. */
export function learn(before: Learned | undefined, sample: Sample): Learned {
  const { at, inFlight, completed } = sample;
  // The counter begins anew with each Envoy.
  if (!before || completed < before.completed) {
    return { at, completed, rate: 0, inFlight: 0, gauges: before?.gauges ?? {} };
  }
  const passed = at - before.at;
  if (passed <= 0) return before;
  const counting = within(latencyOf(before), COUNT_SECONDS);
  const now = (completed - before.completed) / passed;
  return {
    at,
    completed,
    rate: mix(before.rate, now, passed, counting),
    inFlight: mix(before.inFlight, inFlight, passed, SMOOTH_SECONDS),
    gauges: { ...before.gauges, ...gaugesOf(before, sample, passed) },
  };
}

function gaugesOf(
  before: Learned,
  { utilization, inFlight, healthyEndpoints }: Sample,
  passed: number,
): Learned["gauges"] {
  const learned = Object.entries(utilization).map(([name, used]) => {
    const old = before.gauges[name];
    const smooth = {
      used: mix(old?.used ?? used, used, passed, SMOOTH_SECONDS),
      inFlight: mix(old?.inFlight ?? inFlight, inFlight, passed, SMOOTH_SECONDS),
    };
    const tells = smooth.inFlight >= LEAST_IN_FLIGHT && smooth.used > 0 && healthyEndpoints > 0;
    const perRequest = tells ? (smooth.used * healthyEndpoints) / smooth.inFlight : old?.perRequest;
    return [name, { ...smooth, ...(perRequest !== undefined && { perRequest }) }] as const;
  });
  return Object.fromEntries(learned);
}

function mix(old: number, now: number, passed: number, seconds: number): number {
  return old + (now - old) * (1 - Math.exp(-passed / seconds));
}

/**
 * What a member may get so that it becomes as full as its target and no fuller. Its gauges tell how many requests in
 * flight that is. Where requests are short, as many a second end as these, divided by what one takes. Where they are
 * long, that is slow to show: the rate at which the member answers keeps it as full as it is, and what its requests in
 * flight lack is added over some seconds. They follow the budget at once, and the gauge follows them: so it settles
 * without swinging.
 */
export function capacityOf(learned: Learned, sample: Sample, balancing: Balancing): Capacity {
  const { healthyEndpoints, inFlight } = sample;
  if (balancing.mode === "RATE") {
    const { maxRatePerEndpoint = Infinity, capacityPercent } = balancing;
    const most = maxRatePerEndpoint * healthyEndpoints * (capacityPercent / 100);
    return { budget: most, capacity: most };
  }
  const most = mostInFlight(learned, sample, balancing);
  if (most === Infinity) return UNLIMITED;
  const latency = latencyOf(learned);
  const capacity = most / Math.max(latency, 0.01);
  const closing = learned.rate + (most - inFlight) / within(2 * latency, CLOSE_SECONDS);
  const long = Math.min(1, latency / LONG_SECONDS);
  return { budget: long * closing + (1 - long) * capacity, capacity };
}

/**
 * Requests in flight at which a member is as full as it should be: the smallest of its limits. A gauge that is not
 * reported, or that no request has shown yet, limits nothing.
 */
function mostInFlight(learned: Learned, sample: Sample, balancing: Balancing): number {
  const { healthyEndpoints, utilization } = sample;
  const { metrics, capacityPercent, maxInFlightRequestsPerEndpoint = Infinity } = balancing;
  const limits = metrics
    .filter(({ name, dryRun }) => !dryRun && utilization[name] !== undefined)
    .map(({ name, maxUtilizationPercent }) => {
      const { perRequest } = learned.gauges[name] ?? {};
      if (maxUtilizationPercent === 0) return 0;
      if (perRequest === undefined) return Infinity;
      const target = (maxUtilizationPercent / 100) * (capacityPercent / 100);
      return Math.max(target / perRequest, LEAST_PER_ENDPOINT);
    });
  const cap = maxInFlightRequestsPerEndpoint * (capacityPercent / 100);
  return healthyEndpoints * Math.min(cap, ...limits);
}

/** Seconds that a request takes, by Little's law. */
function latencyOf({ inFlight, rate }: Pick<Learned, "inFlight" | "rate">): number {
  return rate > 0 ? inFlight / rate : Infinity;
}

function within(value: number, [least, most]: Bounds): number {
  return Math.min(most, Math.max(least, value));
}
