import { svgOf } from "../../../../../scenarios/traffic/report/charts/chart";
import { summaryOf, timelineChart } from "../../../../../scenarios/traffic/report/charts/timeline";
import type { ScenarioRecord } from "../../../../../scenarios/traffic/record";

import { crowdedRecord, madeUpRecord } from "../support/record";

const { regions, scenarios } = madeUpRecord();
const [, spill, death] = scenarios;

test("the summary has the sums of all seconds", () => {
  expect(summaryOf(spill, regions).replaceAll("\u00a0", " ")).toBe(
    "1200 requests in 66 seconds; europe-west3 served 858, its KV cache use was at most 64 %; " +
      "us-east4 served 342, its KV cache use was at most 27 %; 0 failed. The balancer's target is 60 %.",
  );
  expect(summaryOf(death, regions)).toMatch(/; 32 failed\.$/);
});

test("the legend names failed requests and a target only where there are some", () => {
  const named = (scenario: ScenarioRecord) => {
    const svg = svgOf(timelineChart("x", scenario, regions));
    return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  };
  expect(named(spill)).toEqual(
    expect.arrayContaining(["sent", "target of the balancer, 60 %", "60 %"]),
  );
  expect(named(spill)).not.toContain("failed");
  expect(named(death)).toEqual(expect.arrayContaining(["sent", "failed"]));
  expect(named(death).join()).not.toContain("target");
});

const crowded = crowdedRecord();
const [many] = crowded.scenarios;
const millions = many.timeline.map((second) => ({ ...second, failed: 1_200_000 }));

test.each([
  ["short", spill, regions],
  ["long", { ...many, timeline: millions }, crowded.regions],
])("both panels begin at the same second, with %s labels", (_, scenario, named) => {
  const svg = svgOf(timelineChart("x", scenario, named));
  const vertical = [
    ...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)L\1 ([\d.]+)"[^>]*stroke="#57606a"/g),
  ];
  const axes = vertical.filter(([, , from, to]) => Math.abs(Number(from) - Number(to)) > 100);
  expect(axes.map(([, x]) => Math.floor(Number(x)))).toEqual([60, 60]);
});

test("the same chart is the same text, whatever was drawn before", () => {
  const draw = () => svgOf(timelineChart("x", spill, regions));
  const first = draw();
  svgOf(timelineChart("y", death, regions));
  expect(draw()).toBe(first);
  expect(first).toContain('clip-path="url(#x-');
});
