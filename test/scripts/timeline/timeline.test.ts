import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { Browser } from "puppeteer-core";

import { Rehearsal } from "../../../rehearsal/scenarios/rehearsal/rehearsal";
import { recordOf } from "../../../rehearsal/scenarios/rehearsal/report";
import { directoriesBelow } from "../../../rehearsal/stage/directories";
import { Interruption } from "../../../rehearsal/stage/interruption";
import { readRecorded, type Recorded } from "../../../scripts/timeline/recorded";
import { timelineOf } from "../../../scripts/timeline/timeline";

import { startBrowser } from "../../support/browser";
import { look } from "../picture/support/drawing";
import { faultsOf } from "../picture/support/faults";

const PICTURES = path.join(__dirname, "../../../docs/pictures");
const recorded = readRecorded(path.join(PICTURES, "rehearsal.json"));

test("docs/pictures has what is drawn of the recorded run", () => {
  expect(fs.readFileSync(path.join(PICTURES, "rehearsal.svg"), "utf8")).toBe(timelineOf(recorded));
});

test("the recorded run has the steps of a rehearsal as it is now", () => {
  const options = { stack: "dev", keep: false, timeScale: 0, verbose: false };
  const rehearsal = new Rehearsal(directoriesBelow("s", "c", "l"), options, new Interruption());
  expect(recorded.steps.map(({ name }) => name)).toEqual(rehearsal.stepNames);
});

const runs: Record<string, Recorded> = {
  recorded,
  "one step, and it takes no time": {
    stack: "dev",
    cores: 1,
    peakMemoryGib: 0.1,
    steps: [{ name: "destroy", seconds: 0, note: "" }],
  },
  "the longest notes": {
    ...recorded,
    stack: "m".repeat(30),
    cores: 128,
    steps: ["a", "b"].map((name) => ({
      name: name + "w".repeat(60),
      seconds: 3600,
      note: `- ${"m".repeat(90)} ${"w".repeat(90)} & <deleted>`,
    })),
  },
};

describe("in a browser, on light and dark pages", () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test.each(Object.keys(runs))("nothing is wrong with %s", async (name) => {
    const run = runs[name];
    if (!browser || !run) throw new Error("there is no browser, or no run");
    const { light, dark } = await look(browser, timelineOf(run));
    expect(faultsOf(light)).toEqual([]);
    expect(faultsOf(dark)).toEqual([]);

    const bars = light.boxes.filter(({ id }) => id !== "page");
    expect(bars.map(({ id }) => id)).toEqual(run.steps.map((step) => `step-${step.name}`));
    const texts = light.texts.map(({ text }) => text);
    for (const { seconds } of run.steps) expect(texts).toContain(seconds.toFixed(1));
    const widths = bars.map(({ rect }) => rect.right - rect.left);
    const longest = Math.max(...run.steps.map(({ seconds }) => seconds));
    const at = run.steps.findIndex(({ seconds }) => seconds === longest);
    expect(widths[at]).toBeCloseTo(Math.max(...widths), 1);
    // One begins where the one before it ends.
    bars.slice(1).forEach(({ rect }, i) => {
      expect(Math.abs(rect.left - (bars[i]?.rect.right ?? 0))).toBeLessThan(3.1);
    });
  });
});

describe("a record", () => {
  let file: string;
  beforeEach(() => {
    file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "recorded-")), "run.json");
  });
  afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

  test("of a rehearsal is read as it was written", () => {
    const steps = [{ name: "up", seconds: 27.04, note: "+ 124 created" }];
    fs.writeFileSync(file, recordOf(steps, "dev", 3 * 1024 ** 3));
    expect(readRecorded(file)).toEqual({
      stack: "dev",
      cores: os.availableParallelism(),
      peakMemoryGib: 3,
      steps: [{ name: "up", seconds: 27, note: "+ 124 created" }],
    });
  });

  test("of another shape is refused, with all that is wrong", () => {
    fs.writeFileSync(
      file,
      JSON.stringify({ stack: "dev", cores: 2, peakMemoryGib: -1, steps: [] }),
    );
    expect(() => readRecorded(file)).toThrow(
      [
        `${file} is not a recorded rehearsal:`,
        "  peakMemoryGib: Too small: expected number to be >0",
        "  steps: Too small: expected array to have >=1 items",
      ].join("\n"),
    );
  });
});
