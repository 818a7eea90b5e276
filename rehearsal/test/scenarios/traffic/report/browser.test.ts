import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser } from "puppeteer-core";

import { startBrowser } from "../../../../../test/support/browser";
import { page } from "../../../../scenarios/traffic/report/page";

import { crowdedRecord, madeUpRecord } from "./support/record";
import { faultsOf, visit } from "./support/visit";

let folder: string;
let browser: Browser | undefined;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "traffic-report-"));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});

const record = madeUpRecord();
const html = page(record);
const crowded = page(crowdedRecord());

type Seen = Awaited<ReturnType<typeof visit>> & { address: string };
/** Several tests look at the same: to open it takes the browser most of their time. */
const visits = new Map<string, Promise<Seen>>();

/** @returns the page in a browser, and its address */
function open(html: string, window: Parameters<typeof visit>[2]): Promise<Seen> {
  const key = JSON.stringify([html, { scheme: "light", ...window }]);
  const seen = visits.get(key) ?? visitOf(html, window);
  visits.set(key, seen);
  return seen;
}

async function visitOf(html: string, window: Parameters<typeof visit>[2]): Promise<Seen> {
  if (!browser) throw new Error("the browser did not start");
  const file = path.join(folder, "index.html");
  fs.writeFileSync(file, html);
  return { ...(await visit(browser, file, window)), address: pathToFileURL(file).href };
}

test("the page loads nothing, runs nothing, and the browser does not complain", async () => {
  const seen = await open(html, { width: 800 });
  expect(seen.requests).toEqual([seen.address]);
  expect(seen.complaints).toEqual([]);
  expect(seen.loads).toEqual([]);
  expect(seen.scripts).toBe(0);
});

test("its policy keeps even what gets into it from being loaded", async () => {
  const image = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">';
  const seen = await open(html.replace("<main>", `<main>${image}<script>x</script>`), {
    width: 800,
  });
  expect(seen.complaints).toEqual([
    expect.stringMatching(/Loading the image .* violates .*'none'/),
    expect.stringMatching(/Executing inline script violates .*'none'/),
  ]);
});

test("every scenario, figure, problem and mark is read, as the record has it", async () => {
  const { text, headings } = await open(html, { width: 800 });
  const words = text.replace(/\s+/g, " ");
  expect(headings[0]).toBe("Traffic through the rehearsed gateway");
  expect(words).toContain("3 scenarios: 2 passed, 1 failed");
  expect(words).toContain("begun 2026-11-30 14:02 UTC took 10 min 12 s machine 2 cores");
  for (const { name, version } of record.parts) expect(words).toContain(`${name} ${version}`);
  for (const { name, title, problems, figures, marks } of record.scenarios) {
    const result = problems.length > 0 ? "✗ failed" : "✓ passed";
    expect(words).toContain(`${result} ${name} ${title}`);
    for (const problem of problems) expect(words).toContain(problem);
    for (const { name, value, expected } of figures) {
      const wanted = expected === undefined ? "" : ` (expected: ${expected})`;
      expect(words).toContain(`${name}: ${value}${wanted}`);
    }
    for (const { second, text } of marks) expect(words).toContain(`second ${second}: ${text}`);
  }
  expect(words).toContain("region dies no answer 9 region dies status 503 23");
  expect(words).toContain("near directly 80 210 ms 226 ms 241 ms 255 ms");
});

test("a link leads to its place, and each place has a name of its own", async () => {
  const { ids, links } = await open(html, { width: 800 });
  expect(new Set(ids).size).toBe(ids.length);
  expect(links).toHaveLength(4);
  for (const link of links) expect(ids).toContain(link.replace(/^#/, ""));
});

describe.each([
  ["a run", html, 5],
  ["a run with long names, many marks and regions", crowded, 3],
])("%s", (_, drawn, count) => {
  test.each([1200, 800, 390])("fits a window of %i pixels, with every chart", async (width) => {
    const { overflow, charts } = await open(drawn, { width });
    expect(overflow).toBe(0);
    expect(charts).toHaveLength(count);
    for (const chart of charts) {
      expect(chart.rect.right - chart.rect.left).toBeGreaterThanOrEqual(600);
      expect(chart.rect.bottom - chart.rect.top).toBeGreaterThan(100);
      expect(chart.texts.length).toBeGreaterThan(5);
      expect(chart.label.every((text) => text.length > 10)).toBe(true);
      expect(faultsOf(chart)).toEqual([]);
    }
  });
});

test("marks are in the chart too, each at its second", async () => {
  const { charts } = await open(html, { width: 800 });
  const spill = charts.find(({ name }) => name.startsWith("Requests spill over"));
  const at = (text: string) => spill?.texts.find((each) => each.text === text)?.rect.left ?? NaN;
  const [begin = NaN, first = NaN, end = NaN] =
    record.scenarios[1]?.marks.map(({ text }) => at(text)) ?? [];
  // Seconds 5, 19 and 55.
  expect((first - begin) / (end - begin)).toBeCloseTo(14 / 50, 2);
});

test("a reader of dark pages has a dark page with dark charts", async () => {
  const backgrounds = async (scheme: "light" | "dark") => {
    const { charts } = await open(html, { width: 800, scheme });
    return [...new Set(charts.map(({ background }) => background))];
  };
  expect(await backgrounds("light")).toEqual(["rgb(255, 255, 255)"]);
  expect(await backgrounds("dark")).toEqual(["rgb(13, 17, 23)"]);
});
