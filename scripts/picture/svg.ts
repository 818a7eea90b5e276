import type { Arrow, Point } from "./arrows";
import type { Line, Placed } from "./layout";
import type { Page } from "./page";
import { STYLE } from "./style";

/** A page as an SVG document: a group for each box, with its frame, its text and the boxes inside. */
export function svgOf({ title, description, root, arrows, dots }: Page): string {
  const [width, height] = [rounded(root.width), rounded(root.height)];
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title description">`,
    `  <title id="title">${escaped(title)}</title>`,
    `  <desc id="description">${escaped(description)}</desc>`,
    "  <style>",
    ...STYLE.map((rule) => `    ${rule}`),
    "  </style>",
    ...indented(boxLines(root)),
    ...indented(arrows.flatMap(arrowLines)),
    ...indented(dots.map(dotLine)),
    "</svg>",
    "",
  ].join("\n");
}

function boxLines({ kind, id, x, y, width, height, lines, inside }: Placed): string[] {
  // Half a pixel in: a frame of one pixel is sharp, and inside of the page.
  const frame = attributes({
    x: x + 0.5,
    y: y + 0.5,
    width: width - 1,
    height: height - 1,
    rx: kind === "address" || kind === "clients" ? 12 : 6,
  });
  return [
    `<g class="${kind}" id="${escaped(id)}">`,
    `  <rect ${frame}/>`,
    ...indented(lines.map(textLine)),
    ...indented(inside.flatMap(boxLines)),
    "</g>",
  ];
}

function textLine({ text, look, x, y, anchor }: Line): string {
  const end = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text class="${look}" ${attributes({ x, y })}${end}>${escaped(text)}</text>`;
}

/** Size of the head of an arrow. */
const HEAD = { length: 8, half: 4 };

function arrowLines({ stroke, points, head }: Arrow): string[] {
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last || !before) return [];
  const direction: Point = [Math.sign(last[0] - before[0]), Math.sign(last[1] - before[1])];
  const back: Point = [last[0] - direction[0] * HEAD.length, last[1] - direction[1] * HEAD.length];
  const line = head ? [...points.slice(0, -1), back] : points;
  const [across, along] = [direction[1] * HEAD.half, direction[0] * HEAD.half];
  const corners: Point[] = [
    last,
    [back[0] + across, back[1] + along],
    [back[0] - across, back[1] - along],
  ];
  return [
    `<path class="line ${stroke}" d="M${line.map(pointText).join("L")}"/>`,
    ...(head ? [`<path class="end ${stroke}" d="M${corners.map(pointText).join("L")}Z"/>`] : []),
  ];
}

function dotLine([x, y]: Point): string {
  return `<circle class="end spill" ${attributes({ cx: x, cy: y, r: 4 })}/>`;
}

function pointText([x, y]: Point): string {
  return `${rounded(x)} ${rounded(y)}`;
}

function attributes(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${rounded(value)}"`)
    .join(" ");
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
