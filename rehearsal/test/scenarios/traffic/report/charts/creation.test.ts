import { svgOf } from "../../../../../scenarios/traffic/report/charts/chart";
import { creationChart } from "../../../../../scenarios/traffic/report/charts/creation";

test("resources of a region, and those of no region, are counted", () => {
  const each = { startSecond: 0, endSecond: 2 };
  const chart = creationChart(
    "x",
    [
      { resource: "network", ...each },
      { resource: "gke-west", region: "europe-west3", ...each, endSecond: 7.5 },
      { resource: "pool", region: "europe-west3", ...each },
    ],
    ["europe-west3", "us-east4"],
  );
  expect(chart.description).toBe("3 resources in 8 seconds. global: 1, europe-west3: 2.");
  const texts = [...svgOf(chart).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(texts).toEqual(expect.arrayContaining(["global: 1", "europe-west3: 2"]));
  expect(texts).not.toContain("us-east4: 0");
});
