import { Loop } from "../../../../emulator/gke/controllers/loop";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a burst of triggers is one pass", async () => {
  const pass = jest.fn(async () => undefined);
  const loop = new Loop(pass);
  for (let i = 0; i < 10; i++) loop.trigger();
  await jest.advanceTimersByTimeAsync(1000);
  expect(pass).toHaveBeenCalledTimes(1);
});

test("a trigger during a pass leads to one more, not beside it", async () => {
  let running = 0;
  let most = 0;
  const pass = jest.fn(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 100));
    running--;
  });
  const loop = new Loop(pass);
  loop.trigger();
  await jest.advanceTimersByTimeAsync(50);
  loop.trigger();
  loop.trigger();
  await jest.advanceTimersByTimeAsync(1000);
  expect([pass.mock.calls.length, most]).toEqual([2, 1]);
});

test("after a failure it tries again, later each time, and tells the failure until one succeeds", async () => {
  const error = new Error("refused");
  let fails = 3;
  const times: number[] = [];
  const start = Date.now();
  const loop = new Loop(async () => {
    times.push(Date.now() - start);
    if (fails-- > 0) throw error;
  });
  loop.trigger();
  await jest.advanceTimersByTimeAsync(500);
  expect(loop.failure).toBe(error);
  await jest.advanceTimersByTimeAsync(5000);
  expect(loop.failure).toBeUndefined();
  expect(times).toEqual([20, 220, 620, 1420]);
});

test("the earliest of several times counts, and none after it was stopped", async () => {
  const pass = jest.fn(async () => undefined);
  const loop = new Loop(pass);
  loop.triggerIn(5000);
  loop.triggerIn(1000);
  await jest.advanceTimersByTimeAsync(1000);
  expect(pass).toHaveBeenCalledTimes(1);
  loop.trigger();
  await loop.stop();
  loop.trigger();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(pass).toHaveBeenCalledTimes(1);
});
