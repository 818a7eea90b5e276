import { type Box, type BoxKind, FONTS, type Look, type Row } from "./box";
import { widthOf, wrap } from "./text";

/** A box with its place. */
export interface Placed {
  kind: BoxKind;
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: Line[];
  inside: Placed[];
}

/** A line of text; `y` is its base line. */
export interface Line {
  text: string;
  look: Look;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

interface Padding {
  left: number;
  right: number;
  /** Above and below. */
  ends: number;
}

/** Regions have lanes on both sides: requests come on the left, what clusters report goes on the right. */
const PADDING: Partial<Record<BoxKind, Padding>> = {
  page: { left: 20, right: 20, ends: 16 },
  gateway: { left: 16, right: 16, ends: 12 },
  region: { left: 36, right: 32, ends: 12 },
  drained: { left: 36, right: 32, ends: 12 },
  cluster: { left: 12, right: 12, ends: 12 },
  label: { left: 0, right: 0, ends: 0 },
  legend: { left: 0, right: 0, ends: 0 },
};
const USUAL: Padding = { left: 10, right: 10, ends: 8 };

/** Boxes that are as wide as their text. */
const CENTERED: BoxKind[] = ["clients", "address"];
/** How the text at the right end of a row looks, where it is not plain. */
const RIGHT: Partial<Record<Look, Look>> = { title: "heading", muted: "muted" };

/** Between boxes that are stacked: room for an arrow. */
const GAP: Partial<Record<BoxKind, number>> = { region: 16, drained: 16, cluster: 16 };
/** Between the two texts of a row. */
const BETWEEN = 12;
const LINE_HEIGHT = 1.45;

export function paddingOf(kind: BoxKind): Padding {
  return PADDING[kind] ?? USUAL;
}

/** Places a box of this width, as high as its content needs. */
export function place(box: Box, x: number, y: number, width: number): Placed {
  const { left, right, ends } = paddingOf(box.kind);
  const content = { x: x + left, width: width - left - right };
  const anchor = CENTERED.includes(box.kind) ? "middle" : "start";
  const { lines, bottom } = placeRows(box.rows, content.x, y + ends, content.width, anchor);
  let next = bottom;
  const gap = GAP[box.kind] ?? 0;
  const inside = box.inside.map((each, i) => {
    const placed = place(each, content.x, next + (i === 0 ? 8 : gap), content.width);
    next = placed.y + placed.height;
    return placed;
  });
  const { kind, id } = box;
  return { kind, id, x, y, width, height: next + ends - y, lines, inside };
}

/** Places rows one below the other. */
export function placeRows(
  rows: Row[],
  x: number,
  y: number,
  width: number,
  anchor: "start" | "middle" = "start",
): { lines: Line[]; bottom: number } {
  let bottom = y;
  const lines = rows.flatMap((row) => {
    const placed = placeRow(row, x, bottom, width, anchor);
    bottom = placed.bottom;
    return placed.lines;
  });
  return { lines, bottom };
}

function placeRow(row: Row, x: number, y: number, width: number, anchor: "start" | "middle") {
  const font = FONTS[row.look];
  const height = font.size * LINE_HEIGHT;
  const lines: Line[] = [];
  let bottom = y;
  // A text beside another stands on the same base line, whatever its size.
  const add = (text: string, look: Look, anchor: Line["anchor"]) => {
    const at = { start: x, middle: x + width / 2, end: x + width }[anchor];
    lines.push({ text, look, x: at, y: bottom + font.size, anchor });
  };

  const right = row.right ?? "";
  const rightLook = RIGHT[row.look] ?? "plain";
  const beside = widthOf(row.text, font) + BETWEEN + widthOf(right, FONTS[rightLook]) <= width;
  for (const text of wrap(row.text, width, font)) {
    add(text, row.look, anchor);
    bottom += height;
  }
  if (right === "") return { lines, bottom };
  if (beside) bottom -= height;
  for (const text of wrap(right, width, FONTS[rightLook])) {
    add(text, rightLook, "end");
    bottom += height;
  }
  return { lines, bottom };
}

/** The width that a box needs to hold each row on one line. */
export function naturalWidth({ kind, rows }: Box): number {
  const { left, right } = paddingOf(kind);
  const widths = rows.map(({ text, look }) => widthOf(text, FONTS[look]));
  return Math.ceil(Math.max(...widths)) + left + right;
}
