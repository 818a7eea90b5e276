import { EAST, WEST } from "./support/forwarding";
import { byGauge, mean, play, PlantMember, PlantOptions } from "./support/plant";

/** Requests that one endpoint bears at once. */
const SLOTS = 100;

const DURATIONS: [string, number, (random: () => number) => number][] = [
  ["0.5 s each", 0.5, () => 0.5],
  ["2 s each", 2, () => 2],
  ["5 s each", 5, () => 5],
  ["0.5 to 5 s", 2.75, (random) => 0.5 + 4.5 * random()],
  ["about 2 s, a few much longer", 2, (random) => -2 * Math.log(1 - random())],
];

function member(region: string, over: Partial<PlantMember> = {}): PlantMember {
  return { region, endpoints: 2, perRequest: 1 / SLOTS, balancing: byGauge(60), ...over };
}

/** Plays three minutes in which the west gets so much of what it bears at its target. */
function load(
  seconds: number,
  duration: PlantOptions["duration"],
  part: number,
  members = [member(WEST), member(EAST)],
) {
  const rate = ((0.6 * 2 * SLOTS) / seconds) * part;
  return play({ seed: 11, seconds: 180, members, demand: { [WEST]: () => rate }, duration });
}

const settled = <T>(ticks: T[]) => ticks.slice(60);
const points = (ticks: ReturnType<typeof play>, m: number) =>
  100 * mean(settled(ticks).map(({ utilization }) => utilization[m] ?? 0));
const spilled = (ticks: ReturnType<typeof play>) =>
  100 * mean(settled(ticks).map(({ weights }) => weights[WEST]?.[1] ?? 0));

describe.each(DURATIONS)("requests that take %s", (_, seconds, duration) => {
  test("stay where they are below the target", () => {
    const ticks = load(seconds, duration, 0.7);
    expect(spilled(ticks)).toBeLessThan(2);
    expect(points(ticks, 0)).toBeCloseTo(42, -1);
  });

  test.each([1.2, 1.5, 1.8])("fill the near region to its target at %s times of it", (part) => {
    const ticks = load(seconds, duration, part);
    expect(Math.abs(points(ticks, 0) - 60)).toBeLessThan(5);
    expect(Math.abs(spilled(ticks) - 100 * (1 - 1 / part))).toBeLessThan(8);
  });

  test("spread over all when all are full", () => {
    const ticks = load(seconds, duration, 2.6);
    expect(Math.abs(points(ticks, 0) - points(ticks, 1))).toBeLessThan(5);
  });

  test("never make the shares swing from one end to the other", () => {
    const ticks = load(seconds, duration, 1.5);
    const near = settled(ticks).map(({ weights }) => weights[WEST]?.[0] ?? 0);
    expect(Math.min(...near)).toBeGreaterThan(0.2);
    const swings = near.filter((share, i) => Math.abs(share - (near[i - 1] ?? share)) > 0.5);
    expect(swings).toEqual([]);
  });
});

test("more is spilled the more is sent", () => {
  const parts = [0.7, 1, 1.3, 1.6, 1.9].map((part) => spilled(load(2, () => 2, part)));
  expect(parts).toEqual([...parts].sort((a, b) => a - b));
});

test("a wave comes back home", () => {
  const bears = (0.6 * 2 * SLOTS) / 2;
  const wave = (second: number) => bears * (second >= 60 && second < 120 ? 1.6 : 0.5);
  const ticks = play({
    seed: 3,
    seconds: 200,
    members: [member(WEST), member(EAST)],
    demand: { [WEST]: wave },
    duration: () => 2,
  });
  const far = (from: number, to: number) =>
    mean(ticks.slice(from, to).map(({ weights }) => weights[WEST]?.[1] ?? 0));
  expect(far(20, 60)).toBeLessThan(0.02);
  expect(far(80, 120)).toBeGreaterThan(0.25);
  expect(far(140, 200)).toBeLessThan(0.02);
});

/** Plays four minutes; the west changes after one, and back after two. */
function changing(part: number, from: Partial<PlantMember>, to: Partial<PlantMember>) {
  const rate = ((0.6 * 2 * SLOTS) / 2) * part;
  return play({
    seed: 5,
    seconds: 240,
    members: [member(WEST, from), member(EAST)],
    demand: { [WEST]: () => rate },
    duration: () => 2,
    change: (second, [west]) => {
      if (second === 60) Object.assign(west ?? {}, to);
      if (second === 120) Object.assign(west ?? {}, from);
    },
  });
}

const west = (ticks: ReturnType<typeof play>, from: number, to: number) =>
  100 * mean(ticks.slice(from, to).map(({ utilization }) => utilization[0] ?? 0));

test("a region that was drained is filled again", () => {
  const drained = { balancing: byGauge(60, { capacityPercent: 0 }) };
  const ticks = changing(1.3, { balancing: byGauge(60) }, drained);
  expect(west(ticks, 70, 120)).toBe(0);
  expect(Math.abs(west(ticks, 150, 240) - 60)).toBeLessThan(5);
});

test("what was learned of a region does not outlive the world that taught it", () => {
  // For a minute, one request takes half of an endpoint: a gauge that shows 100 % must first fall below it.
  const ticks = changing(0.9, { perRequest: 1 / SLOTS }, { perRequest: 0.5 });
  expect(mean(ticks.slice(105, 120).map(({ inFlight }) => inFlight[0] ?? 0))).toBeLessThan(6);
  expect(Math.abs(west(ticks, 180, 240) - 54)).toBeLessThan(5);
});

test("without a signal, or in a dry run, everything stays in the near region whatever its load", () => {
  const silent = load(2, () => 2, 1.8, [member(WEST, { reports: false }), member(EAST)]);
  expect(spilled(silent)).toBe(0);
  const { metrics, ...rest } = byGauge(60);
  const observed = { ...rest, metrics: metrics.map((gauge) => ({ ...gauge, dryRun: true })) };
  const dry = load(2, () => 2, 1.8, [member(WEST, { balancing: observed }), member(EAST)]);
  expect(spilled(dry)).toBe(0);
  expect(points(dry, 0)).toBeGreaterThan(90);
});

test("half of the capacity makes half of the target", () => {
  const halved = member(WEST, { balancing: byGauge(60, { capacityPercent: 50 }) });
  const ticks = load(2, () => 2, 0.8, [halved, member(EAST)]);
  expect(Math.abs(points(ticks, 0) - 30)).toBeLessThan(5);
});

test("requests in flight are kept at their limit", () => {
  const mode = { mode: "IN_FLIGHT", metrics: [], maxInFlightRequestsPerEndpoint: 60 };
  const limited = member(WEST, { balancing: byGauge(60, mode), reports: false });
  const ticks = load(2, () => 2, 1.5, [limited, member(EAST)]);
  expect(Math.abs(points(ticks, 0) - 60)).toBeLessThan(5);
});

test("each region is measured by its own gauge", () => {
  const ticks = load(2, () => 2, 1.2, [member(WEST, { perRequest: 2 / SLOTS }), member(EAST)]);
  expect(Math.abs(points(ticks, 0) - 60)).toBeLessThan(5);
  expect(Math.abs(points(ticks, 1) - 42)).toBeLessThan(5);
});
