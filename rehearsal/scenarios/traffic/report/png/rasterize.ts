import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";

import { unpackWoff } from "./woff";

type Resvg = typeof import("@resvg/resvg-js");

const FONT = "@fontsource/dejavu-sans/files/dejavu-sans-latin";
/** Pixels of a picture for each of its SVG: sharp on screens of two pixels a point. */
const ZOOM = 2;

/**
 * Turns SVGs into PNGs of twice their size, with a font that every machine has.
 * @param checkout has the packages: a bundle is outside of it, and cannot hold a native one
 */
export function rasterize(svgs: string[], checkout: string): Buffer[] {
  const require = createRequire(path.join(checkout, "rehearsal/package.json"));
  const { Resvg } = require("@resvg/resvg-js") as Resvg;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fonts-"));
  try {
    const fontFiles = [400, 700].map((weight) => {
      const file = path.join(folder, `${weight}.ttf`);
      const woff = fs.readFileSync(require.resolve(`${FONT}-${weight}-normal.woff`));
      fs.writeFileSync(file, unpackWoff(woff));
      return file;
    });
    const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" };
    const options = { font, fitTo: { mode: "zoom" as const, value: ZOOM } };
    return svgs.map((svg) => new Resvg(svg, options).render().asPng());
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
