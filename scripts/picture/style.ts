import type { Stroke } from "./arrows";
import { type BoxKind, FONTS, type Look } from "./box";

/** Fill and frame of a box. */
type Surface = [fill: string, stroke: string];

interface Palette {
  boxes: Record<BoxKind, Surface>;
  texts: Record<Look, string>;
  lines: Record<Stroke, string>;
}

const LIGHT: Palette = {
  boxes: {
    page: ["#ffffff", "#d0d7de"],
    clients: ["#ffffff", "#57606a"],
    gateway: ["#ddf4ff", "#0969da"],
    address: ["#ffffff", "#0969da"],
    region: ["#f6f8fa", "#d0d7de"],
    drained: ["#f6f8fa", "#9a6700"],
    cluster: ["#ffffff", "#8c959f"],
    objects: ["#ddf4ff", "#54aeff"],
    pool: ["#fbefff", "#a475f9"],
    servers: ["#dafbe1", "#4ac26b"],
    gpus: ["#fff8c5", "#d4a72c"],
    nodes: ["#f6f8fa", "#afb8c1"],
    label: ["#ffffff", "#ffffff"],
    legend: ["#ffffff", "#ffffff"],
  },
  texts: {
    title: "#1f2328",
    heading: "#1f2328",
    strong: "#1f2328",
    plain: "#1f2328",
    muted: "#57606a",
    alert: "#7d4e00",
  },
  lines: {
    request: "#0969da",
    spill: "#bc4c00",
    metric: "#1a7f37",
    config: "#8250df",
    runs: "#6e7781",
    fallback: "#6e7781",
  },
};

const DARK: Palette = {
  boxes: {
    page: ["#0d1117", "#30363d"],
    clients: ["#0d1117", "#8b949e"],
    gateway: ["#0c2d4f", "#388bfd"],
    address: ["#0d1117", "#388bfd"],
    region: ["#161b22", "#30363d"],
    drained: ["#161b22", "#d29922"],
    cluster: ["#0d1117", "#6e7681"],
    objects: ["#0c2d4f", "#1f6feb"],
    pool: ["#2b1c4a", "#8957e5"],
    servers: ["#0f3320", "#2ea043"],
    gpus: ["#3b2a05", "#9e6a03"],
    nodes: ["#21262d", "#484f58"],
    label: ["#0d1117", "#0d1117"],
    legend: ["#0d1117", "#0d1117"],
  },
  texts: {
    title: "#f0f6fc",
    heading: "#f0f6fc",
    strong: "#f0f6fc",
    plain: "#f0f6fc",
    muted: "#b1bac4",
    alert: "#f2cc60",
  },
  lines: {
    request: "#58a6ff",
    spill: "#f0883e",
    metric: "#56d364",
    config: "#bc8cff",
    runs: "#8b949e",
    fallback: "#8b949e",
  },
};

/**
 * Colors for light and dark pages. A picture has a background of its own, because a page may be dark while the reader's
 * system is light.
 */
export const STYLE = [
  'text { font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }',
  ...Object.entries(FONTS).map(
    ([look, { size, bold }]) =>
      `.${look} { font-size: ${size}px; font-weight: ${bold ? 700 : 400}; }`,
  ),
  ".line { fill: none; stroke-width: 1.6; }",
  ".line.spill { stroke-width: 2; stroke-dasharray: 7 5; }",
  ".line.metric, .line.config, .line.fallback { stroke-dasharray: 2 3; }",
  ".drained > rect { stroke-dasharray: 6 4; }",
  ...colors(LIGHT),
  "@media (prefers-color-scheme: dark) {",
  ...colors(DARK).map((rule) => `  ${rule}`),
  "}",
];

function colors({ boxes, texts, lines }: Palette): string[] {
  return [
    ...Object.entries(boxes).map(
      ([kind, [fill, stroke]]) => `.${kind} > rect { fill: ${fill}; stroke: ${stroke}; }`,
    ),
    ...Object.entries(texts).map(([look, color]) => `.${look} { fill: ${color}; }`),
    ...Object.entries(lines).flatMap(([stroke, color]) => [
      `.line.${stroke} { stroke: ${color}; }`,
      `.end.${stroke} { fill: ${color}; }`,
    ]),
  ];
}
