import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { madeUpRecord } from "../../../rehearsal/test/scenarios/traffic/report/support/record";
import { readKeptTraffic } from "../../../scripts/traffic/kept";
import { trafficPictureOf } from "../../../scripts/traffic/picture";

import { startBrowser } from "../../support/browser";
import { look } from "../picture/support/drawing";

const record = madeUpRecord();
const [, spill] = record.scenarios;
const kept = { ...record, creation: [], scenarios: [spill] };

let file: string;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "traffic-")), "traffic.json");
});
afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

test("a kept scenario is drawn, for light and for dark pages", async () => {
  fs.writeFileSync(file, JSON.stringify(kept));
  const svg = trafficPictureOf(readKeptTraffic(file));
  const browser = await startBrowser();
  try {
    const { light, dark } = await look(browser, svg);
    expect(light.broken).toBeUndefined();
    const fillOf = ({ texts }: typeof light, text: string) =>
      texts.find((each) => each.text === text)?.fill;
    for (const { text } of spill.marks) {
      expect(fillOf(light, text)).toBe("rgb(31, 35, 40)");
      expect(fillOf(dark, text)).toBe("rgb(240, 246, 252)");
    }
  } finally {
    await browser.close();
  }
});

test("a file of another shape is refused, with all that is wrong", () => {
  fs.writeFileSync(file, JSON.stringify({ ...record, cores: 0 }));
  expect(() => readKeptTraffic(file)).toThrow(
    [
      `${file} is not one recorded scenario:`,
      "  cores: Too small: expected number to be >0",
      "  scenarios: Too big: expected array to have <=1 items",
    ].join("\n"),
  );
});

test("docs/pictures has what is drawn of the recorded run", () => {
  const pictures = path.join(__dirname, "../../../docs/pictures");
  const drawn = trafficPictureOf(readKeptTraffic(path.join(pictures, "traffic.json")));
  expect(fs.readFileSync(path.join(pictures, "traffic.svg"), "utf8")).toBe(drawn);
});
