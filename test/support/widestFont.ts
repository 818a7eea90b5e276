import * as fs from "node:fs";
import * as path from "node:path";

import type { Page } from "puppeteer-core";

const FONTS = Object.fromEntries(
  [400, 700].map((weight) => {
    const file = `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`;
    return [weight, fs.readFileSync(path.resolve("node_modules", file)).toString("base64")];
  }),
);

const SET = `(async () => {
  for (const [weight, font] of Object.entries(${JSON.stringify(FONTS)})) {
    const bytes = Uint8Array.fromBase64(font);
    document.fonts.add(await new FontFace("Widest", bytes, { weight }).load());
  }
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = "*, text { font-family: Widest !important; }";
  document.documentElement.append(style);
  await document.fonts.ready;
})()`;

/**
 * Sets all text of a page or picture in DejaVu Sans, the widest font that they ask for: fonts of the system do not
 * decide what a test sees. No policy of the page forbids it, as nothing is loaded.
 */
export async function setWidestFont(page: Page): Promise<void> {
  await page.evaluate(SET);
}
