import * as fs from "node:fs";
import * as path from "node:path";

import type { Browser, Page } from "puppeteer-core";

import { setWidestFont } from "../../../support/widestFont";

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

function dataUrl(type: string, content: Buffer): string {
  return `data:${type};base64,${content.toString("base64")}`;
}
