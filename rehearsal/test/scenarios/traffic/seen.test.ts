import { Seen, type Served } from "../../../scenarios/traffic/seen";
import type { Sample } from "../../../scenarios/traffic/watch";
import { answer, BEGUN, gauge, sample } from "./support/seen";

function seen(answers: Served[], samples: Sample[] = [], marks: Seen["marks"] = []): Seen {
  return new Seen(BEGUN, answers, samples, marks);
}

test("a stretch begins with its first moment and ends before its last", () => {
  const all = seen([answer(0), answer(5), answer(9.5), answer(10)], [sample(4), sample(5)]);
  const part = all.between(5, 10);
  expect(part.answers.map(({ at }) => at - BEGUN)).toEqual([5, 9.5]);
  expect(part.samples.map(({ at }) => at - BEGUN)).toEqual([5]);
  expect(part.begun).toBe(BEGUN);
});

test("a share is of the answers with 200 alone", () => {
  const failed = answer(0, { code: 503 });
  const all = seen([answer(0), answer(1), answer(2, { region: "east" }), failed]);
  expect(all.sharePercent("east")).toBeCloseTo(33.3, 1);
  expect(seen([failed]).sharePercent("east")).toBeUndefined();
});

test("an answer whose pod nobody knows is nobody's", () => {
  const unknown = answer(0);
  delete unknown.region;
  const all = seen([unknown, answer(1)]);
  expect([all.sharePercent("west"), all.sharePercent("east")]).toEqual([50, 0]);
});

test("every code but 200 is a failure, no answer is one too", () => {
  const codes = [0, 204, 503, 503].map((code, at) => answer(at, { code }));
  expect(seen([answer(9), ...codes]).failures).toEqual({ 0: 1, 204: 1, 503: 2 });
});

test("failure lasts from the first to the last failed request", () => {
  const codes = [200, 503, 200, 0, 200].map((code, at) => answer(at * 2, { code }));
  expect(seen(codes).secondsOfFailure).toBe(4);
  expect(seen([answer(0)]).secondsOfFailure).toBe(0);
});

test("the mean of a gauge leaves out the moments at which it shows nothing", () => {
  const samples = [50, undefined, 70].map((value, at) => sample(at, { gauges: [gauge(value)] }));
  expect(seen([], samples).meanUtilization("west")).toBe(60);
  expect(seen([], samples).meanUtilization("east")).toBeUndefined();
});

test("requests in flight are those of the region", () => {
  const samples = [4, 8].map((inFlight, at) =>
    sample(at, { inFlight }, { region: "east", inFlight: 100 }),
  );
  expect(seen([], samples).meanInFlight("west")).toBe(6);
});

test("percentiles are of one stream's good answers, and each is one of them", () => {
  const quick = Array.from({ length: 100 }, (_, i) => answer(i, { seconds: (i + 1) / 100 }));
  const all = seen([
    ...quick,
    answer(1, { code: 504, seconds: 60 }),
    answer(2, { stream: "other", seconds: 9 }),
  ]);
  const [west, other] = all.latencies;
  expect(west).toEqual({ name: "west", count: 100, p50: 0.5, p90: 0.9, p99: 0.99, max: 1 });
  expect(other).toEqual({ name: "other", count: 1, p50: 9, p90: 9, p99: 9, max: 9 });
});

test("a stream without an answer has no percentiles", () => {
  expect(seen([answer(0, { code: 0 })]).latencies).toEqual([]);
});

test("the timeline counts each request in the second in which it was sent", () => {
  const samples = [sample(0.2, { gauges: [gauge(10)] }), sample(0.7, { gauges: [gauge(20)] })];
  const answers = [answer(0.1), answer(0.9, { region: "east" }), answer(2, { code: 500 })];
  expect(seen(answers, samples).timeline(["west", "east"])).toEqual([
    {
      second: 0,
      sent: 2,
      served: { west: 1, east: 1 },
      failed: 0,
      utilizationPercent: { west: 20 },
    },
    { second: 1, sent: 0, served: { west: 0, east: 0 }, failed: 0, utilizationPercent: {} },
    { second: 2, sent: 1, served: { west: 0, east: 0 }, failed: 1, utilizationPercent: {} },
  ]);
});

test("a mark is found by the beginning of its text", () => {
  const all = seen([], [], [{ second: 3, text: "servers killed" }]);
  expect(all.markedAt("servers")).toBe(3);
  expect(() => all.markedAt("picker")).toThrow('nothing was marked "picker"');
});
