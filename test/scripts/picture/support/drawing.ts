import * as fs from "node:fs";
import * as path from "node:path";

import type { Browser, Page } from "puppeteer-core";

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What a browser has drawn of a picture. */
export interface Drawing {
  /** The browser's words, if it could not read the picture. */
  broken?: string;
  view: Rect;
  boxes: DrawnBox[];
  texts: DrawnText[];
  /** Points two pixels apart. */
  lines: { kind: string; points: [number, number][] }[];
}

export interface DrawnBox {
  id: string;
  kind: string;
  /** Id of the box around it. */
  inside?: string;
  rect: Rect;
  fill: string;
}

export interface DrawnText {
  text: string;
  /** Id of its box. */
  inside?: string;
  rect: Rect;
  fill: string;
}

export type Scheme = "light" | "dark";

const INSPECT = fs.readFileSync(path.join(__dirname, "inspect.js"), "utf8");

/** Looks at a picture in a browser, with the widest font. @throws what the browser complains of */
export async function look(browser: Browser, svg: string, scheme: Scheme): Promise<Drawing> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`not loaded: ${request.url()}`));
  try {
    await page.setViewport({ width: 800, height: 600 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(dataUrl("image/svg+xml", Buffer.from(svg)));
    await setWidestFont(page);
    const drawing = (await page.evaluate(INSPECT)) as Drawing;
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
    return drawing;
  } finally {
    await page.close();
  }
}

/** DejaVu Sans on every machine: fonts of the system do not decide what the test sees. */
async function setWidestFont(page: Page): Promise<void> {
  const faces = [400, 700].map((weight) => {
    const file = require.resolve(
      `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`,
    );
    const source = dataUrl("font/woff2", fs.readFileSync(file));
    return `@font-face { font-family: Widest; font-weight: ${weight}; src: url(${source}); }`;
  });
  const css = [...faces, "text { font-family: Widest !important; }"].join("\n");
  await page.evaluate(`(async () => {
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = ${JSON.stringify(css)};
    document.documentElement.append(style);
    const loaded = await Promise.all(["400", "700"].map((weight) => document.fonts.load(weight + " 12px Widest")));
    if (loaded.flat().length !== 2) throw new Error("the font is not there");
  })()`);
}

function dataUrl(type: string, content: Buffer): string {
  return `data:${type};base64,${content.toString("base64")}`;
}
