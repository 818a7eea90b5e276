import { page } from "../../../../scenarios/traffic/report/page";

import { madeUpRecord } from "./support/record";

const record = madeUpRecord();
const [quiet] = record.scenarios;

test("the policy of the page forbids to load anything", () => {
  expect(page(record)).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'" />`,
  );
});

test("no address of another host is in the page, but for the name of SVG's elements", () => {
  const addresses = page(record).match(/[a-z]+:\/\/[^"'\s<)]*/g) ?? [];
  expect([...new Set(addresses)]).toEqual([
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
  ]);
});

test("texts of a record are escaped, in the page and in its charts", () => {
  const text = `<script>alert(1)</script> & "x"`;
  const html = page({
    ...record,
    begun: text,
    parts: [{ name: text, version: text }],
    regions: [text],
    creation: [{ resource: text, region: text, startSecond: 0, endSecond: 1 }],
    scenarios: [
      {
        ...quiet,
        ...{ name: text, title: text, problems: [text], failures: { [text]: 1 } },
        figures: [{ name: text, value: text, expected: text }],
        marks: [{ second: 1, text }],
        latency: [{ name: text, count: 1, p50: 1, p90: 1, p99: 1, max: 1 }],
      },
    ],
  });
  expect(html).not.toContain("<script");
  expect(html).not.toMatch(/="[^"]*<script/);
  const escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; ";
  // Head, table, charts with their titles, marks, latency, failures, creation.
  expect(html.split(escaped).length).toBeGreaterThan(20);
});

test("a page is the same each time", () => {
  expect(page(record)).toBe(page(madeUpRecord()));
});

describe("what a record does not have", () => {
  const empty = { ...record, creation: [], scenarios: [] };

  test("is left out", () => {
    const html = page(empty);
    expect(html).toContain("0 scenarios");
    for (const part of ["<svg", "What failed", "Latency", "Creation of the stack"]) {
      expect(html).not.toContain(part);
    }
    expect(html).toContain("Every request was answered with 200.");
  });

  test("a scenario without load says so", () => {
    const html = page({ ...empty, scenarios: [{ ...quiet, timeline: [], latency: [] }] });
    expect(html).not.toContain("<svg");
    expect(html).toContain(`${quiet.title}. It has no load of its own.`);
  });
});
