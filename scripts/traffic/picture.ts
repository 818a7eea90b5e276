import { svgOf } from "../../rehearsal/scenarios/traffic/report/charts/chart";
import { darkRules } from "../../rehearsal/scenarios/traffic/report/charts/palette";
import { timelineChart } from "../../rehearsal/scenarios/traffic/report/charts/timeline";

import type { KeptTraffic } from "./kept";

/** A recorded scenario as SVG, second by second: the chart of the report, for light and dark pages. */
export function trafficPictureOf({ regions, scenarios: [scenario] }: KeptTraffic): string {
  const svg = svgOf(timelineChart("traffic", scenario, regions));
  return `${svg.replace("<title", `<style>\n${darkRules().join("\n")}\n</style>\n<title`)}\n`;
}
