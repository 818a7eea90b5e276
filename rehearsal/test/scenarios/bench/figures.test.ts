import { fleet, regionCount } from "../../../scenarios/bench/fleet";
import { numberFromEnv } from "../../../scenarios/bench/numberFromEnv";
import { onlyLoads } from "../../../scenarios/bench/onlyLoads";
import { goalTable } from "../../../scenarios/bench/section";
import { fitLine, median } from "../../../scenarios/bench/statistics";

it("the median is the middle, or halfway between the middle two", () => {
  expect(median([3])).toBe(3);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 100, 2])).toBe(3);
  expect(median([])).toBeNaN();
});

it("the line goes through points that are on one", () => {
  expect(
    fitLine([
      [2, 7],
      [5, 13],
      [10, 23],
    ]),
  ).toEqual({ slope: 2, offset: 3, deviation: 0 });
});

it("tells how far points are from their line", () => {
  const { slope, offset, deviation } = fitLine([
    [0, 10],
    [1, 7],
    [2, 10],
  ]);
  expect([slope, offset]).toEqual([0, 9]);
  expect(deviation).toBeCloseTo(2 / 9);
});

it("a goal is met up to its limit, and a figure above it does not read as the limit", () => {
  const lines = goalTable([
    { what: "kept", figure: 1.5, limit: 1.5 },
    { what: "missed", figure: 1.501, limit: 1.5 },
    { what: "slope", figure: 12.3, limit: 60, unit: " ms" },
  ]).split("\n");
  expect(lines.slice(2)).toEqual([
    "kept    1.50      <= 1.5    met",
    "missed  1.51      <= 1.5    NOT met",
    "slope   12.30 ms  <= 60 ms  met",
  ]);
});

it.each([
  ["0", "SCALE=0: allowed is a number above 0, at most 1"],
  ["2", "SCALE=2: allowed is a number above 0, at most 1"],
  ["fast", "SCALE=fast: allowed is a number above 0, at most 1"],
])("refuses SCALE=%s", (given, message) => {
  const read = () => numberFromEnv("SCALE", 0.2, { above: 0, most: 1 }, { SCALE: given });
  expect(read).toThrow(message);
});

it("reads a number, or takes the one for none", () => {
  expect(numberFromEnv("SCALE", 0.2, { above: 0, most: 1 }, { SCALE: "0.5" })).toBe(0.5);
  expect(numberFromEnv("SCALE", 0.2, { above: 0, most: 1 }, {})).toBe(0.2);
});

it("a fleet gives each cluster a region, and from the 17th on a second block of one", () => {
  const clusters = Object.values(fleet(20).clusters);
  expect(new Set(clusters.map(({ region }) => region)).size).toBe(16);
  expect(regionCount(20)).toBe(16);
  expect(clusters.map(({ block }) => block)).toEqual([
    ...Array.from({ length: 16 }, () => 0),
    ...[1, 1, 1, 1],
  ]);
  expect(
    clusters.every(({ zones, region }) => zones.every((zone) => zone.startsWith(region))),
  ).toBe(true);
  expect(clusters.flatMap(({ zones }) => zones)).toHaveLength(40);
});

it("only loads the modules that a program imports for more than types", () => {
  const source = [
    'import * as pulumi from "@pulumi/pulumi";',
    'import type { Region } from "./regions";',
    "",
    "import {",
    "  First,",
    "  type Second,",
    '} from "./components";',
    "const text = 'import \"./not\"';",
    'export { a } from "./a";',
  ];
  expect(onlyLoads(source.join("\n"))).toBe(
    'import "@pulumi/pulumi";\nimport "./components";\nimport "./a";\n',
  );
});
