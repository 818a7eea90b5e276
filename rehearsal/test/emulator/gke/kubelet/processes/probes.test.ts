import { Prober } from "../../../../../emulator/gke/kubelet/processes/probes";
import { ProbeSpec } from "../../../../../emulator/gke/world/kinds";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Asks a container that answers so, one answer after the other, the last one for ever. */
async function judgements(spec: ProbeSpec, answers: boolean[], seconds: number): Promise<string[]> {
  const begun = Date.now();
  const judged: string[] = [];
  let asked = 0;
  const ask = async () => answers[Math.min(asked++, answers.length - 1)] ?? false;
  const prober = new Prober(spec, ask, (passes) => {
    judged.push(`${(Date.now() - begun) / 1000} s: ${passes ? "passes" : "fails"}`);
  }).start();
  await jest.advanceTimersByTimeAsync(seconds * 1000);
  prober.stop();
  return judged;
}

test("the first answer comes after the initial delay", async () => {
  expect(await judgements({ initialDelaySeconds: 5 }, [true], 6)).toEqual(["5 s: passes"]);
});

test("one success passes, three failures in a row fail, every ten seconds", async () => {
  const answers = [true, false, false, true, false, false, false];
  expect(await judgements({}, answers, 61)).toEqual(["0 s: passes", "30 s: passes", "60 s: fails"]);
});

test("thresholds and period are the probe's own", async () => {
  const spec = { periodSeconds: 2, successThreshold: 2, failureThreshold: 1 };
  expect(await judgements(spec, [true, true, false, true, true], 9)).toEqual([
    ...["2 s: passes", "4 s: fails", "8 s: passes"],
  ]);
});

test("a probe that throws has failed, and a stopped one asks no more", async () => {
  const judged: boolean[] = [];
  const refuses = () => Promise.reject(new Error("no"));
  const prober = new Prober({ failureThreshold: 1 }, refuses, (passes) => judged.push(passes));
  prober.start();
  await jest.advanceTimersByTimeAsync(1);
  prober.stop();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(judged).toEqual([false]);
  expect(jest.getTimerCount()).toBe(0);
});
