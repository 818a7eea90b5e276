import type { CustomSeriesRenderItem } from "echarts";

import type { ScenarioRecord, Series } from "../../record";

import type { Chart } from "./chart";
import { FAILED, INK } from "./palette";
import { axis, FONT, legendAt, panel, SIZE, STILL, titled, WIDTH } from "./parts";
import { cut, widthOf } from "./text";

const ROW = 24;
const LEFT = 290;
const TITLE = "Latency of answers";
/** Shapes differ, not only colours. */
const POINTS = [
  { of: "p50", symbol: "circle", color: "#0072b2" },
  { of: "p90", symbol: "diamond", color: "#e69f00" },
  { of: "p99", symbol: "triangle", color: FAILED },
  { of: "max", symbol: "rect", color: INK.text },
] as const;

/** A series with the scenario that it belongs to. */
export interface LatencyRow extends Series {
  scenario: string;
}

export function latencyRows(scenarios: ScenarioRecord[]): LatencyRow[] {
  return scenarios.flatMap(({ name, latency }) =>
    latency.map((series) => ({ scenario: name, ...series })),
  );
}

/** A row for each kind of answer of each scenario, with its percentiles on one logarithmic axis. */
export function latencyChart(name: string, rows: LatencyRow[]): Chart {
  const head = titled(TITLE);
  const { legend, bottom } = legendAt(
    head.bottom,
    POINTS.map(({ of, symbol }) => ({ name: of, icon: symbol })),
  );
  const height = rows.length * ROW;
  const { least, most } = boundsOf(rows);
  return {
    name,
    title: TITLE,
    description: rows
      .map((row) => `${labelOf(row)}: half within ${row.p50} s, 99 % within ${row.p99} s`)
      .join("; "),
    width: WIDTH,
    height: bottom + height + 60,
    option: {
      legend,
      grid: panel(bottom + 8, height, { left: LEFT, right: 32 }),
      xAxis: {
        ...{ type: "log", min: least, max: most, ...axis() },
        ...{ name: "seconds", nameLocation: "middle", nameGap: 24 },
      },
      yAxis: {
        ...axis(false),
        ...{ type: "category", inverse: true, data: rows.map(labelOf) },
        axisTick: { show: false },
        axisLabel: {
          ...{ color: INK.text, fontSize: SIZE.text, fontFamily: FONT, interval: 0 },
        },
      },
      series: [
        {
          ...{ type: "custom", silent: true, renderItem: rangeOf },
          data: rows.map(({ p50, max }, i) => [positive(p50, least), i, positive(max, least)]),
        },
        ...POINTS.map(({ of, symbol, color }) => ({
          ...STILL,
          ...{ type: "scatter", name: of, symbol, symbolSize: of === "max" ? [3, 12] : 10 },
          itemStyle: { color, opacity: 1 },
          data: rows.map((row, i) => [positive(row[of], least), i]),
        })),
      ],
      graphic: head.texts,
    },
  };
}

/** A line from the median to the slowest answer. */
const rangeOf: CustomSeriesRenderItem = (_, api) => {
  const [from, to] = [0, 2].map((value) => api.coord([api.value(value), api.value(1)]));
  const [x1 = 0, y1 = 0] = from ?? [];
  const [x2 = 0, y2 = 0] = to ?? [];
  return {
    type: "line",
    silent: true,
    shape: { x1, y1, x2, y2 },
    style: { stroke: INK.muted, lineWidth: 2 },
  };
};

function labelOf({ scenario, name }: LatencyRow): string {
  const after = `, ${name}`;
  return cut(scenario, LEFT - 20 - widthOf(after, SIZE.text), SIZE.text) + after;
}

/** The powers of ten around all values: a logarithmic axis has no zero. */
function boundsOf(rows: LatencyRow[]) {
  const values = rows
    .flatMap((row) => POINTS.map(({ of }) => row[of]))
    .filter((value) => value > 0);
  const power = (round: (value: number) => number, value: number) =>
    Number(`1e${round(Math.log10(value))}`);
  const least = power(Math.floor, Math.min(1, ...values));
  return { least, most: Math.max(power(Math.ceil, Math.max(0.001, ...values)), least * 10) };
}

function positive(value: number, least: number): number {
  return Math.max(value, least);
}
