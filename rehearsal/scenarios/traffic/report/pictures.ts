import type { TrafficRecord } from "../record";

import { svgOf } from "./charts/chart";
import { creationChart } from "./charts/creation";
import { latencyChart, latencyRows } from "./charts/latency";
import { timelineChart } from "./charts/timeline";

export interface Picture {
  /** Letters, digits and dashes: names its file. */
  name: string;
  svg: string;
}

export const CREATION = "creation";
export const LATENCY = "latency";

/** Every chart of a record that has data: creation, a timeline for each scenario, latency. */
export function pictures({ creation, regions, scenarios }: TrafficRecord): Picture[] {
  const rows = latencyRows(scenarios);
  const charts = [
    ...(creation.length > 0 ? [creationChart(CREATION, creation, regions)] : []),
    ...scenarios.flatMap((scenario) =>
      scenario.timeline.length > 0
        ? [timelineChart(timelineName(scenario.name), scenario, regions)]
        : [],
    ),
    ...(rows.length > 0 ? [latencyChart(LATENCY, rows)] : []),
  ];
  return charts.map((chart) => ({ name: chart.name, svg: svgOf(chart) }));
}

export function timelineName(scenario: string): string {
  return `timeline-${slugOf(scenario)}`;
}

/** A name for files and ids. */
export function slugOf(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}
