import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { build } from "esbuild";

import { page } from "../../../../scenarios/traffic/report/page";
import { writeReport } from "../../../../scenarios/traffic/report/writeReport";

import { madeUpRecord } from "./support/record";

const NAMES = ["creation", "latency", "timeline-near", "timeline-region-dies", "timeline-spill"];
const record = madeUpRecord();

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "traffic-report-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("a report is its record, a page and a PNG of each chart", () => {
  const directory = path.join(folder, "new", "report");
  const written = writeReport(record, directory, process.cwd());
  expect(written).toBe(path.join(directory, "index.html"));
  expect(fs.readFileSync(written, "utf8")).toBe(page(record));
  expect(JSON.parse(fs.readFileSync(path.join(directory, "record.json"), "utf8"))).toEqual(
    JSON.parse(JSON.stringify(record)),
  );
  const files = ["index.html", "record.json", ...NAMES.map((name) => `${name}.png`)];
  expect(fs.readdirSync(directory)).toEqual(files.sort());
});

test("a bundle outside of the checkout writes it too", async () => {
  const bundle = path.join(folder, "lib", "report.cjs");
  await build({
    ...{ bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "error" },
    entryPoints: [path.join(__dirname, "../../../../scenarios/traffic/report/writeReport.ts")],
    outfile: bundle,
  });
  fs.writeFileSync(path.join(folder, "record.json"), JSON.stringify(record));
  const [called, checkout] = ["writeReport(require('./record.json'), 'report'", process.cwd()];
  const code = `console.log(require("./lib/report.cjs").${called}, ${JSON.stringify(checkout)}))`;
  const said = execFileSync(process.execPath, ["-e", code], { cwd: folder, encoding: "utf8" });
  expect(said).toBe(`${path.join("report", "index.html")}\n`);
  const pngs = fs.readdirSync(path.join(folder, "report")).filter((name) => /png$/.test(name));
  expect(pngs).toEqual(NAMES.map((name) => `${name}.png`));
});
