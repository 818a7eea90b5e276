import type { Mark } from "../../record";

import { WIDTH, textAt } from "./parts";
import { INK } from "./palette";
import { cut, widthOf } from "./text";

const LANE = 18;
const SIZE = 11;
const WIDEST = 420;

/** A mark with its place: lane 0 is the lowest. */
interface PlacedMark {
  x: number;
  left: number;
  lane: number;
  text: string;
}

/**
 * Texts of marks above a panel, each at its vertical line, in as many lanes as they need.
 * @param xOf pixels of a second
 */
export function placeMarks(marks: Mark[], xOf: (second: number) => number): PlacedMark[] {
  const placed: PlacedMark[] = [];
  // From right to left: the line of a text that is further right ends below the one that spans it.
  for (const { second, text } of [...marks].sort((one, other) => other.second - one.second)) {
    const shown = cut(text, WIDEST, SIZE);
    const width = widthOf(shown, SIZE) + 6;
    const x = xOf(second);
    const left = Math.max(0, Math.min(x - 2, WIDTH - width));
    const spanned = placed.filter(
      (other) =>
        left < Math.max(other.x + 2, other.left + widthOf(other.text, SIZE) + 6) &&
        Math.min(other.left, other.x) < left + width,
    );
    const lane = Math.max(-1, ...spanned.map((other) => other.lane)) + 1;
    placed.push({ x, left, lane, text: shown });
  }
  return placed;
}

export function heightOf(placed: PlacedMark[]): number {
  return placed.length === 0 ? 0 : (Math.max(...placed.map(({ lane }) => lane)) + 1) * LANE + 4;
}

/**
 * Lines and texts of marks.
 * @param panels top and bottom of each panel in pixels; texts are above the first one
 */
export function drawMarks(placed: PlacedMark[], panels: [top: number, bottom: number][]) {
  const [first] = panels;
  if (!first) return [];
  const topOf = ({ lane }: PlacedMark) => first[0] - 4 - (lane + 1) * LANE;
  const lines = placed.flatMap((mark) =>
    panels.map(([top, bottom], i) => line(mark.x, i === 0 ? topOf(mark) + SIZE + 3 : top, bottom)),
  );
  const texts = placed.map((mark) =>
    textAt(mark.text, mark.left, topOf(mark), { size: SIZE, fill: INK.text, back: true }),
  );
  return [...lines, ...texts];
}

function line(x: number, y1: number, y2: number) {
  return {
    type: "line" as const,
    silent: true,
    z: 5,
    shape: { x1: x, x2: x, y1, y2 },
    style: { stroke: INK.text, lineWidth: 1, lineDash: [3, 3] },
  };
}
