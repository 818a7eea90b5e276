import { passOn } from "../../../operations/support/passOn";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Interrupts a command, and tells whether it was signalled within a second. */
function interrupted({ heard = false, ended = false }): boolean {
  const interrupt = new AbortController();
  const { signal, end } = passOn(interrupt.signal, () => heard);
  interrupt.abort();
  jest.advanceTimersByTime(999);
  expect(signal.aborted).toBe(false);
  if (ended) end();
  jest.advanceTimersByTime(1);
  return signal.aborted;
}

test("an interrupt is passed on to an engine that has not heard of it", () => {
  expect(interrupted({})).toBe(true);
});

test("an engine that has heard of it gets no second signal, which would make it give up", () => {
  expect(interrupted({ heard: true })).toBe(false);
});

test("an engine that has ended gets none", () => {
  expect(interrupted({ ended: true })).toBe(false);
});

test("an interrupt after the end is nobody's", () => {
  const interrupt = new AbortController();
  const { signal, end } = passOn(interrupt.signal, () => false);
  end();
  interrupt.abort();
  jest.runAllTimers();
  expect(signal.aborted).toBe(false);
});
