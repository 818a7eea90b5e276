import { svgOf } from "../../../../../scenarios/traffic/report/charts/chart";
import { latencyChart, latencyRows } from "../../../../../scenarios/traffic/report/charts/latency";

import type { TrafficRecord } from "../../../../../scenarios/traffic/record";

import { crowdedRecord, madeUpRecord } from "../support/record";

const textsOf = (record: TrafficRecord) => {
  const svg = svgOf(latencyChart("x", latencyRows(record.scenarios)));
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
};

test("the axis reaches from the fastest to the slowest, a row is each kind of answer", () => {
  const texts = textsOf(madeUpRecord());
  expect(texts).toEqual(expect.arrayContaining(["0.1", "1", "10", "100", "seconds"]));
  expect(texts).not.toContain("0.01");
  expect(texts).toEqual(expect.arrayContaining(["near, through the gateway", "near, directly"]));
});

test("an answer in no time is at the begin of the axis, and a long name is cut before its kind", () => {
  const texts = textsOf(crowdedRecord());
  expect(texts).toEqual(expect.arrayContaining(["0.0001", "10,000"]));
  expect(texts).toContain("a scenario w…, through the gateway");
});
