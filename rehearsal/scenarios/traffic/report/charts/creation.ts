import type { Creation } from "../../record";

import type { Chart } from "./chart";
import { colorOfRegion, INK } from "./palette";
import { axis, legendAt, panel, STILL, textAt, titled, WIDTH } from "./parts";

const HEIGHT = { panel: 260, caption: 22, axis: 44 };
const TITLE = "Resources of the stack, as the first update creates them";

/** Resources that are there, by second: a line of steps for each region, and one for those without a region. */
export function creationChart(name: string, creation: Creation[], regions: string[]): Chart {
  const groups = groupsOf(creation, regions);
  const last = Math.max(1, ...creation.map(({ endSecond }) => endSecond));
  const head = titled(TITLE);
  const names = groups.map((group) => ({ name: group.name, icon: "rect" }));
  const { legend, bottom } = legendAt(head.bottom, names);
  const top = bottom + HEIGHT.caption;
  return {
    name,
    title: TITLE,
    description: `${creation.length} resources in ${last.toFixed(0)} seconds. ${groups.map((group) => group.name).join(", ")}.`,
    width: WIDTH,
    height: top + HEIGHT.panel + HEIGHT.axis,
    option: {
      legend,
      grid: panel(top, HEIGHT.panel),
      xAxis: {
        ...{ type: "value", min: 0, max: Math.ceil(last), ...axis(false) },
        ...{ name: "seconds since the update began", nameLocation: "middle", nameGap: 24 },
      },
      yAxis: { type: "value", min: 0, minInterval: 1, ...axis() },
      series: groups.map(({ name, color, ends }) => ({
        ...{ type: "line", name, step: "end", ...STILL },
        data: stepsOf(ends, last),
        itemStyle: { color },
        lineStyle: { width: 2.5, color },
      })),
      graphic: [...head.texts, textAt("resources that are created", 16, bottom + 2)],
    },
  };
}

/** Resources of one region, or of no region. */
interface Group {
  name: string;
  color: string;
  /** When each was there, in order. */
  ends: number[];
}

function groupsOf(creation: Creation[], regions: string[]): Group[] {
  const group = (label: string, color: string, own: Creation[]) => ({
    name: `${label}: ${own.length}`,
    color,
    ends: own.map(({ endSecond }) => endSecond).sort((one, other) => one - other),
  });
  const known = new Set(regions);
  const elsewhere = creation.filter(({ region }) => region === undefined || !known.has(region));
  return [
    group("global", INK.text, elsewhere),
    ...regions.map((region, i) =>
      group(
        region,
        colorOfRegion(i),
        creation.filter((each) => each.region === region),
      ),
    ),
  ].filter(({ ends }) => ends.length > 0);
}

function stepsOf(ends: number[], last: number): number[][] {
  return [[0, 0], ...ends.map((second, i) => [second, i + 1]), [last, ends.length]];
}
