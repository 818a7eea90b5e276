import { INK } from "./palette";
import { broken, widthOf } from "./text";

/** Pixels of every chart. */
export const WIDTH = 760;
export const EDGE = { left: 60, right: 60 };
export const FONT = "DejaVu Sans, -apple-system, Segoe UI, Noto Sans, sans-serif";
export const SIZE = { title: 15, text: 12 };

const LINE = 20;

/** A text of a chart, at its left upper corner. */
export function textAt(
  text: string,
  x: number,
  y: number,
  { size = SIZE.text, bold = false, fill = INK.muted as string, back = false } = {},
) {
  const style = {
    ...{ text, x, y, fill, fontSize: size, fontFamily: FONT },
    ...(bold && { fontWeight: "bold" as const }),
    ...(back && { backgroundColor: INK.paper, padding: 1 }),
  };
  return { type: "text" as const, silent: true, z: 10, style };
}

/** The lines of a title, and where what is below begins. */
export function titled(title: string) {
  const lines = broken(title, WIDTH - 2 * 16, SIZE.title);
  const texts = lines.map((line, i) =>
    textAt(line, 16, 12 + i * LINE, { size: SIZE.title, bold: true, fill: INK.text }),
  );
  return { texts, bottom: 12 + lines.length * LINE + 4 };
}

/** A legend in as many rows as its names need, and where what is below begins. */
export function legendAt(top: number, data: { name: string; icon?: string }[]) {
  const [icon, gap] = [18, 14];
  let [rows, used] = [1, 0];
  for (const { name } of data) {
    const width = icon + 5 + widthOf(name, SIZE.text) + gap;
    if (used > 0 && used + width > WIDTH - 2 * 16) [rows, used] = [rows + 1, 0];
    used += width;
  }
  const legend = {
    data,
    left: 16,
    top,
    width: WIDTH - 2 * 16,
    padding: 0,
    itemGap: gap,
    itemWidth: icon,
    itemHeight: 11,
    selectedMode: false,
    textStyle: { color: INK.text, fontSize: SIZE.text, fontFamily: FONT },
  };
  return { legend, bottom: top + rows * 24 };
}

/** A panel just where it is said to be: by itself, the library moves one with long labels. */
export function panel(top: number, height: number, edge = EDGE) {
  return { ...edge, top, height, outerBoundsMode: "none" };
}

/** Looks of an axis. */
export function axis(grids = true) {
  return {
    axisLabel: { color: INK.muted, fontSize: SIZE.text, fontFamily: FONT, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: INK.muted } },
    axisTick: { show: true, lineStyle: { color: INK.muted } },
    nameTextStyle: { color: INK.muted, fontSize: SIZE.text, fontFamily: FONT },
    splitLine: { show: grids, lineStyle: { color: INK.grid } },
  };
}

/** What no line needs that only a reader without pointer sees. */
export const STILL = { silent: true, symbol: "none", emphasis: { disabled: true } };
