import * as fs from "node:fs";
import * as path from "node:path";

import { CHART_VERSIONS } from "../../../catalog/chartVersions";
import type { Comparison, Result } from "./compare";
import type { Toolchain } from "../../toolchain";
import { run } from "../../toolchain/processes";

import type { Directories } from "../../stage/directories";

/** A wrong field is wrong in most sets; so many are enough to see which. */
const MOST_PROBLEMS = 12;

/**
 * Renders the charts with helm and compares them with the program's objects.
 * @returns what was compared
 * @throws Error with the differences
 */
export async function compareCharts(
  directories: Directories,
  toolchain: Toolchain,
  signal?: AbortSignal,
): Promise<string> {
  const scratch = path.join(directories.state, "charts");
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch, { recursive: true });
  const { versions, sets, objects, problems } = await runComparer(
    directories,
    { helm: toolchain.helm.path, configs: configsOf(toolchain), scratch },
    signal,
  );
  if (problems.length > 0) throw new Error(report(problems));
  fs.rmSync(scratch, { recursive: true });
  return `${versions.join(", ")}: ${objects} objects equal, ${sets} sets of values`;
}

/** Folder `config` of every version that a stack may choose. */
function configsOf({ inferenceExtensions }: Toolchain): Record<string, string> {
  return Object.fromEntries(
    CHART_VERSIONS.map((version) => {
      const config = inferenceExtensions[version];
      if (!config) throw new Error(`the toolchain has no chart ${version}`);
      return [version, config.path];
    }),
  );
}

async function runComparer(
  { checkout, library }: Directories,
  comparison: Comparison,
  signal?: AbortSignal,
): Promise<Result> {
  const job = path.join(comparison.scratch, "job.json");
  fs.writeFileSync(job, JSON.stringify(comparison));
  const comparer = path.join(library, "chart.cjs");
  const { code, stdout, stderr } = await run(
    process.execPath,
    ["--enable-source-maps", comparer, job],
    { env: { ...process.env, NODE_PATH: path.join(checkout, "node_modules") }, signal },
  );
  if (code !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout) as Result;
}

function report(problems: string[]): string {
  const more = problems.length - MOST_PROBLEMS;
  return [
    "the program's objects are not the chart's:",
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => `  ${problem}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}
