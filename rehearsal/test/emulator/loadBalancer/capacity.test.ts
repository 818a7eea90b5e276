import { capacityOf, learn, Learned, Sample } from "../../../emulator/loadBalancer/capacity";
import { Balancing } from "../../../emulator/gke/forwarding";
import { byGauge, GAUGE } from "./support/plant";

/** Ten answers a second, 20 in flight. */
const KNOWN: Learned = { at: 10, completed: 100, rate: 10, inFlight: 20, gauges: {} };

/** With a gauge of which one request takes so much of an endpoint. */
const taking = (perRequest: number, name = GAUGE) => ({
  gauges: { [name]: { used: 0, inFlight: 0, perRequest } },
});

function sample(over: Partial<Sample> = {}): Sample {
  return { at: 11, inFlight: 20, completed: 110, healthyEndpoints: 2, utilization: {}, ...over };
}

const gauge = (name: string, maxUtilizationPercent: number, dryRun = false) => ({
  name,
  maxUtilizationPercent,
  dryRun,
  sources: [],
});

describe("what is learned of a member", () => {
  const after = (samples: Sample[]) =>
    samples.reduce<Learned | undefined>((known, each) => learn(known, each), undefined);

  /** Ten answers a second, 20 in flight, 0.3 of the cache. */
  const steady = Array.from({ length: 60 }, (_, i) =>
    sample({ at: i, completed: i * 10, utilization: { [GAUGE]: 0.3 } }),
  );

  test("becomes what it does steadily", () => {
    const known = after(steady);
    expect(known?.rate).toBeCloseTo(10);
    expect(known?.inFlight).toBeCloseTo(20);
    // 20 requests take 0.3 of each of 2 endpoints.
    expect(known?.gauges[GAUGE]?.perRequest).toBeCloseTo(0.03);
  });

  test("keeps what a request takes while there is none", () => {
    const silent = Array.from({ length: 60 }, (_, i) =>
      sample({ at: 60 + i, completed: 600, inFlight: 0, utilization: { [GAUGE]: 0 } }),
    );
    const known = after([...steady, ...silent]);
    expect(known?.rate).toBeCloseTo(0, 4);
    expect(known?.gauges[GAUGE]?.perRequest).toBeCloseTo(0.03);
  });

  test("begins anew with the counters, but for what a request takes", () => {
    const known = after([...steady, sample({ at: 60, completed: 0 })]);
    expect(known).toMatchObject({ completed: 0, rate: 0, inFlight: 0 });
    expect(known?.gauges[GAUGE]?.perRequest).toBeCloseTo(0.03);
  });

  test("is nothing new where no time has passed", () => {
    const known = learn(KNOWN, sample({ at: 10, completed: 900 }));
    expect(known).toBe(KNOWN);
  });
});

describe("what a member may get", () => {
  const of = (balancing: Balancing, over: Partial<Sample> = {}, known: Partial<Learned> = {}) =>
    capacityOf({ ...KNOWN, ...known }, sample(over), balancing);
  const reported = { utilization: { [GAUGE]: 0.6 } };

  test("in mode RATE is so much for each healthy endpoint, and everything where nothing is set", () => {
    const rate = (over: Partial<Balancing>) => byGauge(60, { mode: "RATE", metrics: [], ...over });
    expect(of(rate({ maxRatePerEndpoint: 5 }))).toEqual({ budget: 10, capacity: 10 });
    expect(of(rate({ maxRatePerEndpoint: 5, capacityPercent: 30 })).budget).toBe(3);
    expect(of(rate({})).budget).toBe(Infinity);
  });

  test("is everything while no gauge is reported, or none has shown what a request takes", () => {
    expect(of(byGauge(60), {}, taking(0.06)).budget).toBe(Infinity);
    expect(of(byGauge(60), reported).budget).toBe(Infinity);
  });

  test("is what it answers where it is as full as it should be", () => {
    expect(of(byGauge(60), reported, taking(0.06))).toEqual({ budget: 10, capacity: 10 });
  });

  test("is more where requests in flight lack, and less where there are too many", () => {
    const budget = (inFlight: number) =>
      of(byGauge(60), { ...reported, inFlight }, taking(0.06)).budget;
    expect(budget(12)).toBeGreaterThan(10);
    expect(budget(28)).toBeLessThan(10);
    // So far above its target that what it has must first end.
    expect(budget(200)).toBeLessThan(0);
  });

  test("is what the smallest of the limits leaves, and a dry run limits nothing", () => {
    const metrics = [gauge("a", 60), gauge("b", 30), gauge("c", 1, true), gauge("d", 1)];
    const learned = { gauges: { ...taking(0.06, "a").gauges, ...taking(0.06, "b").gauges } };
    const utilization = { a: 0.1, b: 0.1, c: 0.9 };
    expect(of(byGauge(60, { metrics }), { utilization }, learned).capacity).toBe(5);
  });

  test("is as much less as its capacity counts less", () => {
    const half = byGauge(60, { capacityPercent: 50 });
    expect(of(half, reported, taking(0.06)).capacity).toBe(5);
  });

  test("is never so little that no request could show what one takes", () => {
    // Two requests in flight, one for each endpoint.
    expect(of(byGauge(60), reported, taking(5)).capacity).toBe(1);
    expect(of(byGauge(0), reported, taking(0.06)).capacity).toBe(0);
  });

  test("shrinks with the endpoints", () => {
    const { capacity } = of(byGauge(60), { ...reported, healthyEndpoints: 1 }, taking(0.06));
    expect(capacity).toBe(5);
  });

  test("in mode IN_FLIGHT is what keeps so many requests in flight", () => {
    const inFlight = byGauge(60, {
      mode: "IN_FLIGHT",
      metrics: [],
      maxInFlightRequestsPerEndpoint: 10,
    });
    expect(of(inFlight)).toEqual({ budget: 10, capacity: 10 });
    expect(of({ ...inFlight, capacityPercent: 50 }).capacity).toBe(5);
    const both = byGauge(60, { maxInFlightRequestsPerEndpoint: 5 });
    expect(of(both, reported, taking(0.06)).capacity).toBe(5);
  });

  test("has no capacity where nothing is ever answered", () => {
    const stuck = of(byGauge(60), reported, { ...taking(0.06), rate: 0 });
    expect(stuck.capacity).toBe(0);
    expect(stuck.budget).toBe(0);
  });
});
