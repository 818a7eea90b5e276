import { darkRules } from "./charts/palette";

/** Colours, widths and what a narrow screen, a dark one and paper need. */
export const STYLE = [
  `:root {
  color-scheme: light dark;
  --text: #1f2328; --muted: #57606a; --line: #d8dee4; --paper: #ffffff; --shade: #f6f8fa;
  --good: #1a7f37; --bad: #b3123f; --bad-shade: #fff0f3;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #f0f6fc; --muted: #b1bac4; --line: #3d444d; --paper: #0d1117; --shade: #161b22;
    --good: #56d364; --bad: #ff7b9c; --bad-shade: #2d0f18;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 64rem;
  background: var(--paper); color: var(--text);
  font: 15px/1.5 -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 2rem 0 .5rem; }
p { margin: .5rem 0; }
.result { font-size: 1.1rem; margin: 0 0 .75rem; }
.passed { color: var(--good); font-weight: 700; white-space: nowrap; }
.failed { color: var(--bad); font-weight: 700; white-space: nowrap; }
.muted { color: var(--muted); }
.run { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: 0; }
.run dt { color: var(--muted); font-size: .85rem; }
.run dd { margin: 0; }
.problems { margin: 1rem 0; padding: .75rem 1rem; border-left: 4px solid var(--bad); background: var(--bad-shade); }
.problems h2 { margin: 0 0 .25rem; border: 0; font-size: 1.1rem; }
.problems h3 { margin: .5rem 0 0; }
ul, ol { margin: .25rem 0; padding-left: 1.25rem; }
a { color: inherit; text-underline-offset: .2em; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--muted); font-weight: 400; font-size: .85rem; }
tbody th { font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
.figures { list-style: none; padding: 0; margin: 0; }
figure { margin: 0 0 1rem; }
figcaption { color: var(--muted); margin-top: .25rem; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); }
.wide > svg { display: block; width: 100%; height: auto; min-width: 600px; max-width: 960px; margin: 0 auto; }
.table { overflow-x: auto; overflow-wrap: normal; }
@media screen and (max-width: 600px) {
  .scenarios thead { display: none; }
  .scenarios tr { display: block; border-top: 1px solid var(--line); padding: .4rem 0; }
  .scenarios th, .scenarios td { display: block; border: 0; padding: .1rem 0; text-align: left; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  figure, tr, .problems { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .wide { overflow: visible; border: 0; }
  .wide > svg { min-width: 0; max-width: 100%; }
}`,
  ...darkRules(),
].join("\n");
