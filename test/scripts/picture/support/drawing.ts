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

type Scheme = "light" | "dark";

const INSPECT = fs.readFileSync(path.join(__dirname, "inspect.js"), "utf8");

/**
 * Looks at a picture in a browser, with the widest font: for readers who like light pages, and for those who like dark
 * ones.
 * @throws what the browser complains of
 */
export async function look(browser: Browser, svg: string): Promise<Record<Scheme, Drawing>> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`not loaded: ${request.url()}`));
  try {
    await page.goto(dataUrl("image/svg+xml", Buffer.from(svg)));
    await setWidestFont(page);
    const [light, dark] = [await drawing(page, "light"), await drawing(page, "dark")];
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
    return { light, dark };
  } finally {
    await page.close();
  }
}

async function drawing(page: Page, value: Scheme): Promise<Drawing> {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
  return (await page.evaluate(INSPECT)) as Drawing;
}

/** DejaVu Sans on every machine: fonts of the system do not decide what the test sees. */
async function setWidestFont(page: Page): Promise<void> {
  const faces = [400, 700].map((weight) => {
    const file = `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`;
    const source = dataUrl("font/woff2", fs.readFileSync(path.resolve("node_modules", file)));
    return `@font-face { font-family: Widest; font-weight: ${weight}; src: url(${source}); }`;
  });
  const css = [...faces, "text { font-family: Widest !important; }"].join("\n");
  await page.evaluate(`(async () => {
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = ${JSON.stringify(css)};
    document.documentElement.append(style);
    const fonts = ["400", "700"].map((weight) => document.fonts.load(weight + " 12px Widest"));
    if ((await Promise.all(fonts)).flat().length !== 2) throw new Error("the font is not there");
  })()`);
}

function dataUrl(type: string, content: Buffer): string {
  return `data:${type};base64,${content.toString("base64")}`;
}
