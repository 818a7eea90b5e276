import type { ScenarioRecord, Second } from "../../record";

import type { Chart } from "./chart";
import { drawMarks, heightOf, placeMarks } from "./marks";
import { colorOfRegion, FAILED, INK, TARGET } from "./palette";
import { axis, EDGE, legendAt, panel, STILL, textAt, titled, WIDTH } from "./parts";

const HEIGHT = { requests: 190, cache: 130, caption: 22, axis: 44 };
const FAILED_NAME = "failed";
const SENT_NAME = "sent";
/** The legend's icon of a dashed line. */
const DASHES = "path://M0 0h4v2h-4zM7 0h4v2h-4zM14 0h4v2h-4z";

/**
 * A scenario second by second: requests by the region that served them, and below it KV cache use.
 * @param name of the chart on its page
 * @param regions in the order of their colours
 */
export function timelineChart(name: string, scenario: ScenarioRecord, regions: string[]): Chart {
  const { timeline, marks, targetPercent } = scenario;
  const seconds = [...timeline.map(({ second }) => second), ...marks.map(({ second }) => second)];
  const [first, last] = [Math.min(0, ...seconds), Math.max(0, ...seconds) + 1];
  const inner = WIDTH - EDGE.left - EDGE.right;
  const xOf = (second: number) => EDGE.left + ((second - first) / (last - first)) * inner;

  const head = titled(scenario.title);
  const { legend, bottom } = legendAt(head.bottom, legendOf(scenario, regions));
  const placed = placeMarks(marks, xOf);
  const upper = bottom + HEIGHT.caption + heightOf(placed);
  const lower = upper + HEIGHT.requests + HEIGHT.caption + 22;
  const panels: [number, number][] = [
    [upper, upper + HEIGHT.requests],
    [lower, lower + HEIGHT.cache],
  ];
  const height = lower + HEIGHT.cache + HEIGHT.axis;
  return {
    name,
    title: scenario.title,
    description: summaryOf(scenario, regions),
    width: WIDTH,
    height,
    option: {
      legend,
      grid: panels.map(([top, end]) => panel(top, end - top)),
      xAxis: panels.map((_, gridIndex) => timeAxis(gridIndex, first, last)),
      yAxis: [
        { type: "value", gridIndex: 0, min: 0, minInterval: 1, ...axis() },
        { type: "value", gridIndex: 1, min: 0, max: 100, interval: 20, ...axis() },
      ],
      series: [
        ...served(timeline, regions),
        ...failed(timeline),
        sent(timeline),
        ...use(timeline, regions),
        ...(targetPercent === undefined ? [] : [target(targetPercent, first, last)]),
      ],
      graphic: [
        ...head.texts,
        textAt("requests per second", 16, bottom + 2),
        textAt("KV cache use in percent", 16, lower - HEIGHT.caption),
        ...(targetPercent === undefined ? [] : [targetLabel(targetPercent, lower)]),
        ...drawMarks(placed, panels),
      ],
    },
  };
}

/** The figures of a timeline in one sentence each. */
export function summaryOf({ timeline, targetPercent }: ScenarioRecord, regions: string[]): string {
  const all = (of: (second: Second) => number) => timeline.reduce((sum, each) => sum + of(each), 0);
  const shares = regions.map((region) => {
    const peak = Math.max(0, ...timeline.map((second) => second.utilizationPercent[region] ?? 0));
    const answers = all((second) => second.served[region] ?? 0);
    return `${region} served ${answers}, its KV cache use was at most ${peak.toFixed(0)}\u00a0%`;
  });
  const limit =
    targetPercent === undefined ? "" : ` The balancer's target is ${targetPercent}\u00a0%.`;
  const sums = `${all(({ sent }) => sent)} requests in ${timeline.length} seconds`;
  return `${[sums, ...shares].join("; ")}; ${all(({ failed }) => failed)} failed.${limit}`;
}

function legendOf({ timeline, targetPercent }: ScenarioRecord, regions: string[]) {
  return [
    ...regions.map((name) => ({ name, icon: "rect" })),
    ...(failed(timeline).length > 0 ? [{ name: FAILED_NAME, icon: "rect" }] : []),
    { name: SENT_NAME, icon: DASHES },
    ...(targetPercent === undefined ? [] : [{ name: targetName(targetPercent), icon: DASHES }]),
  ];
}

function timeAxis(gridIndex: number, min: number, max: number) {
  const lowest = gridIndex === 1;
  const look = axis(false);
  return {
    type: "value",
    gridIndex,
    min,
    max,
    ...look,
    axisLabel: { ...look.axisLabel, show: lowest },
    ...(lowest && { name: "seconds", nameLocation: "middle", nameGap: 24 }),
  };
}

function served(timeline: Second[], regions: string[]) {
  return regions.map((name, i) =>
    area(
      name,
      colorOfRegion(i),
      stepsOf(timeline, ({ served }) => served[name] ?? 0),
    ),
  );
}

/** What was seen in each second, from its begin to its end. */
function stepsOf<T>(timeline: Second[], valueOf: (second: Second) => T): (number | T)[][] {
  const steps = timeline.map((second) => [second.second, valueOf(second)]);
  const last = timeline.at(-1);
  return last ? [...steps, [last.second + 1, valueOf(last)]] : steps;
}

/** Nothing, if nothing has failed. */
function failed(timeline: Second[]) {
  if (timeline.every(({ failed }) => failed === 0)) return [];
  return [
    area(
      FAILED_NAME,
      FAILED,
      stepsOf(timeline, ({ failed }) => failed),
    ),
  ];
}

function area(name: string, color: string, data: number[][]) {
  return {
    ...{ type: "line", name, data, stack: "answers", step: "end", ...STILL },
    itemStyle: { color },
    lineStyle: { width: 0 },
    areaStyle: { color, opacity: 0.85 },
  };
}

function sent(timeline: Second[]) {
  const data = stepsOf(timeline, ({ sent }) => sent);
  const line = dashed(SENT_NAME, INK.text, data, 0, { width: 1.5, type: [2, 3] });
  return { ...line, step: "end" };
}

function use(timeline: Second[], regions: string[]) {
  return regions.map((name, i) => ({
    ...{ type: "line", name, ...STILL, xAxisIndex: 1, yAxisIndex: 1 },
    data: stepsOf(timeline, ({ utilizationPercent }) => utilizationPercent[name] ?? null),
    itemStyle: { color: colorOfRegion(i) },
    lineStyle: { width: 2.5, color: colorOfRegion(i) },
  }));
}

function target(percent: number, first: number, last: number) {
  const data = [first, last].map((second) => [second, percent]);
  return dashed(targetName(percent), TARGET, data, 1, { width: 2, type: [8, 4] });
}

function targetName(percent: number): string {
  return `target of the balancer, ${percent} %`;
}

/** Its figure, right of the panel. */
function targetLabel(percent: number, top: number) {
  const y = top + HEIGHT.cache * (1 - percent / 100) - 7;
  return textAt(`${percent} %`, WIDTH - EDGE.right + 6, y, { bold: true, fill: TARGET });
}

function dashed(name: string, color: string, data: number[][], index: number, line: object) {
  return {
    ...{ type: "line", name, data, ...STILL, xAxisIndex: index, yAxisIndex: index, z: 4 },
    itemStyle: { color },
    lineStyle: { ...line, color },
  };
}
