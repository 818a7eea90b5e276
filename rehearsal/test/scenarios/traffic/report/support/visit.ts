import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser } from "puppeteer-core";

import { setWidestFont } from "../../../../../../test/support/widestFont";

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What a browser shows of a report. */
export interface Visit {
  text: string;
  scripts: number;
  ids: string[];
  /** Targets, as they are written. */
  links: string[];
  /** Elements that could load something. */
  loads: string[];
  headings: string[];
  /** Pixels that the page is wider than the window. */
  overflow: number;
  charts: {
    name: string;
    /** Title and description, as a screen reader has them. */
    label: string[];
    rect: Rect;
    background: string;
    texts: { text: string; rect: Rect }[];
  }[];
  /** Addresses, the page's own among them. */
  requests: string[];
  /** What the browser complains of. */
  complaints: string[];
}

const INSPECT = fs.readFileSync(path.join(__dirname, "inspect.js"), "utf8");

/** Opens a page from a file in a window of some width, in the widest font. */
export async function visit(
  browser: Browser,
  file: string,
  { width, scheme = "light" }: { width: number; scheme?: "light" | "dark" },
): Promise<Visit> {
  const page = await browser.newPage();
  const [requests, complaints]: string[][] = [[], []];
  page.on("request", (request) => requests?.push(request.url()));
  page.on("console", (message) => complaints?.push(message.text()));
  page.on("pageerror", (error) => complaints?.push(String(error)));
  try {
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(file).href);
    await setWidestFont(page);
    const seen = (await page.evaluate(INSPECT)) as Omit<Visit, "requests" | "complaints">;
    return { ...seen, requests: requests ?? [], complaints: complaints ?? [] };
  } finally {
    await page.close();
  }
}

/** Texts of a chart that overlap, and texts that leave it. */
export function faultsOf({ rect, texts }: Visit["charts"][number]): string[] {
  return [
    ...texts.flatMap((one, i) =>
      texts
        .slice(i + 1)
        .filter((other) => overlap(one.rect, other.rect))
        .map((other) => `"${one.text}" and "${other.text}" overlap`),
    ),
    ...texts
      .filter((text) => text.rect.left < rect.left || text.rect.right > rect.right)
      .map(({ text }) => `"${text}" leaves the chart`),
    ...texts
      .filter((text) => text.rect.right - text.rect.left <= 0)
      .map(({ text }) => `"${text}" is not seen`),
  ];
}

/** Texts may touch by a pixel. */
function overlap(one: Rect, other: Rect): boolean {
  return (
    one.left < other.right - 1 &&
    other.left < one.right - 1 &&
    one.top < other.bottom - 1 &&
    other.top < one.bottom - 1
  );
}
