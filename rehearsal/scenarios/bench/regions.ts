import * as fs from "node:fs";
import * as path from "node:path";

import { execa } from "execa";

import type { Directories } from "../../stage/directories";
import { PROJECT, readStackFile } from "../../stage/program";
import { table } from "../rehearsal/steps";

import { fleet, regionCount } from "./fleet";
import { numberFromEnv } from "./numberFromEnv";
import type { ProgramRun } from "./program";
import { goalTable, type Section } from "./section";
import { fitLine, median } from "./statistics";

const COUNTS = [2, 5, 10, 16, 20];
const MOST_MILLISECONDS = 60;
/** How far a point may be from the straight line, as a share of it. */
const MOST_DEVIATION = 0.15;

/**
 * How the program's own time grows with its regions: processor time from its first line until its last registration is
 * answered, by an engine that answers at once. A gateway takes 16 regions; the 20 clusters share them.
 */
export const regions: Section = {
  name: "regions",
  async run(directories) {
    const rounds = numberFromEnv("RUNS", 5, { above: 0, most: 100 });
    const runs = new Map(COUNTS.map((count) => [count, [] as ProgramRun[]]));
    for (let round = 0; round < rounds; round++) {
      for (const [count, done] of runs) done.push(await runProgram(directories, count));
    }
    const points = [...runs].map(([count, done]): [number, number] => [
      count,
      median(done.map(({ milliseconds }) => milliseconds)),
    ]);
    const { slope, offset, deviation } = fitLine(points);
    const rows = points.map(([count, milliseconds]) => [
      String(count),
      String(regionCount(count)),
      String(runs.get(count)?.[0]?.resources),
      milliseconds.toFixed(0),
      (offset + slope * count).toFixed(0),
    ]);
    const headings = ["clusters", "regions", "registrations", "milliseconds", "on the line"];
    return [
      table(headings, rows),
      goalTable([
        { what: "for one more", figure: slope, limit: MOST_MILLISECONDS, unit: " ms" },
        {
          what: "farthest from the line",
          figure: deviation * 100,
          limit: MOST_DEVIATION * 100,
          unit: " %",
        },
      ]),
    ].join("\n\n");
  },
};

async function runProgram(directories: Directories, count: number): Promise<ProgramRun> {
  const file = path.join(directories.state, "bench-config.json");
  const { config = {} } = readStackFile(path.join(directories.checkout, "Pulumi.dev.yaml"));
  const laid = Object.entries({ ...fleet(count), huggingFaceToken: "hf_bench" });
  const all = { ...config, ...Object.fromEntries(laid.map(([k, v]) => [`${PROJECT}:${k}`, v])) };
  fs.writeFileSync(file, JSON.stringify(asEngineGives(all)));
  const program = path.join(directories.library, "program.cjs");
  const { stdout } = await execa(process.execPath, [program, PROJECT, file], {
    env: { NODE_PATH: path.join(directories.checkout, "node_modules") },
  });
  // The program may print too; the result is the last line.
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as ProgramRun;
}

/** Text as it is, the rest as JSON. */
function asEngineGives(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
