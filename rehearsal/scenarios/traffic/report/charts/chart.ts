import { CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GraphicComponent, GridComponent, LegendComponent } from "echarts/components";
import { type EChartsCoreOption, init, setPlatformAPI, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { escaped } from "../html";
import { INK } from "./palette";
import { widthOf } from "./text";

/** A chart before it is drawn. */
export interface Chart {
  /** Letters, digits and dashes; unique on its page. */
  name: string;
  title: string;
  /** What it shows, for those who do not see it. */
  description: string;
  /** Pixels. */
  width: number;
  height: number;
  option: EChartsCoreOption;
}

use([
  ...[CustomChart, LineChart, ScatterChart],
  ...[GraphicComponent, GridComponent, LegendComponent],
  SVGRenderer,
]);
// Without a browser, the library guesses the width of a text, and guesses too little for some fonts.
setPlatformAPI({
  measureText: (text: string, font?: string) => ({
    width: widthOf(text, Number(/(\d+)px/.exec(font ?? "")?.[1] ?? 12)),
  }),
});

/** Draws a chart as an `<svg>` element, the same text for the same chart. */
export function svgOf({ name, title, description, width, height, option }: Chart): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, backgroundColor: INK.paper, ...option });
    return labelled(plain(chart.renderToSVGString(), name), { name, title, description });
  } finally {
    // It would keep the process alive.
    chart.dispose();
  }
}

/** Without what only a script or a pointer needs, and with ids of its own: the library counts them on. */
function plain(svg: string, name: string): string {
  return svg
    .replace(/<style[^>]*>.*?<\/style>/gs, "")
    .replace(/ (class|ecmeta_\w+|pointer-events)="[^"]*"/g, "")
    .replace(/\bzr\d+-/g, `${name}-`);
}

function labelled(
  svg: string,
  { name, title, description }: Omit<Chart, "option" | "width" | "height">,
) {
  const label = `role="img" aria-labelledby="${name}-title ${name}-description"`;
  const texts =
    `<title id="${name}-title">${escaped(title)}</title>` +
    `<desc id="${name}-description">${escaped(description)}</desc>`;
  return svg.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) => `<svg${attributes} ${label}>\n${texts}`,
  );
}
