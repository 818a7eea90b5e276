import { Delays } from "../../../emulator/gke/delays";

function clock(timeScale: number) {
  const state = { now: 1_000_000, wakes: [] as number[] };
  const delays = new Delays(
    () => timeScale,
    (ms) => state.wakes.push(ms),
    () => state.now,
  );
  return { state, delays };
}

test("a scaled time after it was first asked, it has passed", () => {
  const { state, delays } = clock(0.1);
  expect(delays.passed("gateway", 420)).toBe(false);
  expect(state.wakes).toEqual([42_000]);
  state.now += 41_999;
  expect(delays.passed("gateway", 420)).toBe(false);
  expect(state.wakes).toEqual([42_000, 1]);
  state.now += 1;
  expect(delays.passed("gateway", 420)).toBe(true);
});

test("at scale 0 everything has passed at once", () => {
  const { state, delays } = clock(0);
  expect(delays.passed("gateway", 420)).toBe(true);
  expect(state.wakes).toEqual([]);
});

test("what a pass does not ask for begins anew", () => {
  const { state, delays } = clock(1);
  delays.passed("gateway", 10);
  delays.endPass();
  state.now += 10_000;
  delays.endPass();
  expect(delays.passed("gateway", 10)).toBe(false);
});

test("what every pass asks for goes on", () => {
  const { state, delays } = clock(1);
  delays.passed("gateway", 10);
  delays.endPass();
  state.now += 10_000;
  expect(delays.passed("gateway", 10)).toBe(true);
});
