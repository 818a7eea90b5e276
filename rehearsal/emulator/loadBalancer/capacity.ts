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
  /** Smoothed: answers per second, requests in flight, fullness. */
  rate: number;
  inFlight: number;
  fullness: number;
  /** Part of one endpoint's target that one request takes; undefined until a request has shown it. */
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

/** A target of 0 leaves a member nothing; this keeps it a number to divide by. */
const LEAST_TARGET = 1e-4;

/**
 * How full a member is, 1 at its target: the fullest of its gauges decides. Undefined where none of them is reported:
 * then nothing limits the member.
 */
export function fullness(
  { metrics, capacityPercent }: Balancing,
  utilization: Record<string, number>,
): number | undefined {
  const parts = metrics
    .filter(({ dryRun }) => !dryRun)
    .flatMap(({ name, maxUtilizationPercent }) => {
      const found = utilization[name];
      const target = (maxUtilizationPercent / 100) * (capacityPercent / 100);
      return found === undefined ? [] : [found / Math.max(target, LEAST_TARGET)];
    });
  return parts.length === 0 ? undefined : Math.max(...parts);
}

/** What a sample adds to what is known. */
export function learn(before: Learned | undefined, sample: Sample, balancing: Balancing): Learned {
  const { at, inFlight, completed, healthyEndpoints } = sample;
  const full = fullness(balancing, sample.utilization) ?? 0;
  // The counter begins anew with each Envoy.
  if (!before || completed < before.completed) {
    const kept = before?.perRequest;
    const begun = { at, completed, rate: 0, inFlight: 0, fullness: 0 };
    return kept === undefined ? begun : { ...begun, perRequest: kept };
  }
  const passed = at - before.at;
  if (passed <= 0) return before;
  const mix = (old: number, now: number, seconds: number) =>
    old + (now - old) * (1 - Math.exp(-passed / seconds));
  const counting = within(latencyOf(before), COUNT_SECONDS);
  const rate = mix(before.rate, (completed - before.completed) / passed, counting);
  const smooth = {
    inFlight: mix(before.inFlight, inFlight, SMOOTH_SECONDS),
    fullness: mix(before.fullness, full, SMOOTH_SECONDS),
  };
  const tells = smooth.inFlight >= LEAST_IN_FLIGHT && smooth.fullness > 0 && healthyEndpoints > 0;
  const perRequest = tells
    ? (smooth.fullness * healthyEndpoints) / smooth.inFlight
    : before.perRequest;
  return { at, completed, rate, ...smooth, ...(perRequest !== undefined && { perRequest }) };
}

/**
 * What a member may get so that it becomes as full as its target and no fuller. The gauge tells how many requests in
 * flight that is. Where requests are short, as many a second end as these, divided by what one takes. Where they are
 * long, that is slow to show: the rate at which the member answers keeps it as full as it is, and what its requests in
 * flight lack is added over some seconds. They follow the budget at once, and the gauge follows them: so it settles
 * without swinging.
 */
export function capacityOf(learned: Learned, sample: Sample, balancing: Balancing): Capacity {
  const scale = balancing.capacityPercent / 100;
  const { healthyEndpoints, inFlight } = sample;
  const { mode, maxRatePerEndpoint, maxInFlightRequestsPerEndpoint } = balancing;
  if (mode === "RATE") {
    const most = (maxRatePerEndpoint ?? Infinity) * healthyEndpoints * scale;
    return { budget: most, capacity: most };
  }
  const cap = (maxInFlightRequestsPerEndpoint ?? Infinity) * healthyEndpoints * scale;
  const reported = fullness(balancing, sample.utilization) !== undefined;
  const { perRequest } = learned;
  const byGauge = reported && perRequest !== undefined ? healthyEndpoints / perRequest : Infinity;
  const most = Math.min(cap, byGauge);
  if (most === Infinity) return UNLIMITED;
  const latency = latencyOf(learned);
  const capacity = most / Math.max(latency, 0.01);
  const closing = learned.rate + (most - inFlight) / within(2 * latency, CLOSE_SECONDS);
  const long = Math.min(1, latency / LONG_SECONDS);
  return { budget: long * closing + (1 - long) * capacity, capacity };
}

/** Seconds that a request takes, by Little's law. */
function latencyOf({ inFlight, rate }: Learned): number {
  return rate > 0 ? inFlight / rate : Infinity;
}

function within(value: number, [least, most]: Bounds): number {
  return Math.min(most, Math.max(least, value));
}
