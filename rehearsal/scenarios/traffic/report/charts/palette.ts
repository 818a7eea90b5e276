/** Colours of a chart on a white page. */
export const INK = {
  text: "#1f2328",
  muted: "#57606a",
  grid: "#d8dee4",
  paper: "#ffffff",
} as const;

/** Colour-blind readers tell these apart; more regions begin anew. */
const REGIONS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#a6761d"] as const;

export const FAILED = "#d41159";
export const TARGET = "#6f2da8";

/** What each colour is on a dark page. */
export const ON_DARK: Record<string, string> = {
  [INK.text]: "#f0f6fc",
  [INK.muted]: "#b1bac4",
  [INK.grid]: "#3d444d",
  [INK.paper]: "#0d1117",
  "#0072b2": "#4aa8e8",
  "#e69f00": "#f0b429",
  "#009e73": "#2fbf91",
  "#cc79a7": "#e39ac1",
  "#56b4e9": "#8fd0f5",
  "#a6761d": "#c99a45",
  [FAILED]: "#ff5c8a",
  [TARGET]: "#c9a0ff",
};

/** Style rules that give a chart its dark colours, where the reader's system is dark. */
export function darkRules(): string[] {
  const rules = Object.entries(ON_DARK).flatMap(([light, dark]) => [
    `svg [fill="${light}"] { fill: ${dark}; }`,
    `svg [stroke="${light}"] { stroke: ${dark}; }`,
  ]);
  return ["@media screen and (prefers-color-scheme: dark) {", ...rules, "}"];
}

/** @param index of the region in the record */
export function colorOfRegion(index: number): string {
  return REGIONS[index % REGIONS.length] ?? INK.text;
}
