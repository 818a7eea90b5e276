import { costMarkdown, type CostEstimate, costMessage } from "../cost";

const ESTIMATE: CostEstimate = {
  pricedOn: "2026-07-30",
  hourlyUsd: 61.67,
  monthlyUsd: 45018.95,
  mostHourlyUsd: 63.62,
  mostMonthlyUsd: 46442.02,
  components: [
    { name: "control planes", what: "2", hourlyUsd: 0.2, mostHourlyUsd: 0.2 },
    {
      name: "GPU pool gpu of gke-west",
      what: "3 x a3-highgpu-2g spot, europe-west3",
      hourlyUsd: 32.11,
      mostHourlyUsd: 32.11,
    },
  ],
  unknown: [],
  notes: ["Not counted: traffic."],
};

test("an estimate is a table that names the day of its prices", () => {
  expect(costMessage(ESTIMATE, new Date("2026-08-15T12:00:00Z")).split("\n")).toEqual([
    "What this stack costs, in US dollars an hour, by list prices of 2026-07-30:",
    "                                                                     always    at most",
    "  control planes            2                                          0.20       0.20",
    "  GPU pool gpu of gke-west  3 x a3-highgpu-2g spot, europe-west3      32.11      32.11",
    "  sum                                                                 61.67      63.62",
    "  a month of 730 hours                                            45,018.95  46,442.02",
    "Not counted: traffic.",
  ]);
});

test("what is not known is told in its place, beside the sum and below the table", () => {
  const components = [{ name: "GPU pool gpu", what: "0 to 2 x a3-highgpu-4g", hourlyUsd: 0 }];
  const unknown = ["GPU pool gpu: a3-highgpu-4g in us-east4"];
  const message = costMessage({ ...ESTIMATE, components, unknown }, new Date("2026-08-15"));
  expect(message.split("\n").slice(2)).toEqual([
    "  GPU pool gpu                 0 to 2 x a3-highgpu-4g       0.00    unknown",
    "  sum, without unknown prices                              61.67      63.62",
    "  a month of 730 hours                                 45,018.95  46,442.02",
    "Unknown price, in no sum: GPU pool gpu: a3-highgpu-4g in us-east4.",
    "Not counted: traffic.",
  ]);
});

test.each([
  ["2026-10-30T23:59:59Z", undefined],
  ["2026-10-31T00:00:00Z", 93],
  ["2027-07-30T08:00:00Z", 365],
])("on %s the table is %p days old, if that is to be told", (today, days) => {
  const last = costMessage(ESTIMATE, new Date(today)).split("\n").at(-1);
  expect(last).toBe(
    days === undefined
      ? "Not counted: traffic."
      : `These prices are ${days} days old, and spot prices move monthly: renew catalog/prices.ts.`,
  );
});

test("as Markdown it is the same table, whatever the day", () => {
  expect(costMarkdown(ESTIMATE).split("\n")).toEqual([
    "US dollars an hour, by list prices of 2026-07-30:",
    "",
    "|  |  | always | at most |",
    "| --- | --- | --: | --: |",
    "| control planes | 2 | 0.20 | 0.20 |",
    "| GPU pool gpu of gke-west | 3 x a3-highgpu-2g spot, europe-west3 | 32.11 | 32.11 |",
    "| sum |  | 61.67 | 63.62 |",
    "| a month of 730 hours |  | 45,018.95 | 46,442.02 |",
    "",
    "Not counted: traffic.",
  ]);
});
