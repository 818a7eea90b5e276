import { problemsIn } from "../../support/refusal";

const BOTH = [
  { region: "europe-west3", capacityPercent: 0 },
  { region: "us-east4", capacityPercent: 0 },
];
const NONE_LEFT = "got 0; allowed: 1 or more: no region has capacity left";

describe("a scope without capacity drains as `drained` does", () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "all regions by their scopes",
      { scopes: BOTH },
      [`scopes[0].capacityPercent: ${NONE_LEFT}`, `scopes[1].capacityPercent: ${NONE_LEFT}`],
    ],
    [
      "one region by its scope, the other by `drained`",
      { scopes: BOTH.slice(0, 1), drained: ["us-east4"] },
      [`scopes[0].capacityPercent: ${NONE_LEFT}`],
    ],
    [
      "a region that is preferred",
      { scopes: [{ region: "us-east4", preferred: true, capacityPercent: 0 }] },
      ["scopes[0].preferred: got true; allowed: false while capacityPercent is 0, which drains it"],
    ],
  ])("%s", (_, config, problems) => {
    expect(problemsIn(config)).toEqual(problems);
  });

  test("one region may be drained so", () => {
    expect(problemsIn({ scopes: BOTH.slice(0, 1) })).toEqual([]);
  });
});

test.each([
  [1800, []],
  [1800.5, [expect.stringMatching(/^p99LatencySeconds: got 1800.5; allowed: at most 1800: /)]],
])("a P99 latency of %d", (p99LatencySeconds, problems) => {
  expect(problemsIn({ p99LatencySeconds })).toEqual(problems);
});
