import * as fs from "node:fs";
import * as path from "node:path";
import { performance } from "node:perf_hooks";

import { execa } from "execa";

import { readProgram } from "../mutants/readProgram";
import type { Directories } from "../../stage/directories";
import { writePolicyPack } from "../../stage/policyPack";
import { Environment } from "../../stage/environment";
import { table } from "../rehearsal/steps";

import type { Judging, JudgingJob } from "./judging";
import { numberFromEnv } from "./numberFromEnv";
import { goalTable, type Section } from "./section";
import { median } from "./statistics";

const COUNTS = [1000, 5000, 10_000];
/** Limit of the policy time for the last of them. */
const MOST_SECONDS = 2;
/** Limit of the pack's start time, as a ratio to that of an empty pack. */
const MOST_START = 1.2;
/** How much more a resource of the last count may take than one of the first. */
const MOST_GROWTH = 1.25;

/** How fast the policy pack starts, and how its work grows with the resources of a stack. */
export const policies: Section = {
  name: "policies",
  async run(directories) {
    const rounds = numberFromEnv("RUNS", 5, { above: 0, most: 100 });
    return [await starts(directories, rounds), await judgings(directories, rounds)].join("\n\n");
  },
};

async function starts(directories: Directories, rounds: number): Promise<string> {
  writePolicyPack(directories);
  const empty = writeEmptyPack(directories);
  const seconds: Record<"empty" | "full", number[]> = { empty: [], full: [] };
  // The first round fills the caches and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const [pack, folder] of [
      ["empty", empty],
      ["full", directories.policyPack],
    ] as const) {
      const taken = await start(directories, folder);
      if (round > 0) seconds[pack].push(taken);
    }
  }
  const [least, own] = [median(seconds.empty), median(seconds.full)];
  const rows = [
    ["an empty pack", least.toFixed(3), "1.00"],
    ["this pack", own.toFixed(3), (own / least).toFixed(2)],
  ];
  return [
    table([`start of, median of ${rounds}`, "seconds", "ratio"], rows),
    goalTable([{ what: "start by an empty pack's", figure: own / least, limit: MOST_START }]),
  ].join("\n\n");
}

/** Seconds until a pack prints its port for the engine. */
async function start({ checkout }: Directories, folder: string): Promise<number> {
  const paths = [checkout];
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths });
  const begin = performance.now();
  const pack = execa(process.execPath, [runner, "127.0.0.1:0", folder], {
    cwd: folder,
    reject: false,
  });
  await new Promise((resolve, reject) => {
    pack.stdout.once("data", resolve);
    void pack.then(({ stderr }) => reject(new Error(`the pack in ${folder} ended: ${stderr}`)));
  });
  const seconds = (performance.now() - begin) / 1000;
  pack.kill();
  await pack;
  return seconds;
}

function writeEmptyPack({ state, policyPack, checkout }: Directories): string {
  const folder = path.join(state, "empty-pack");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const file of ["PulumiPolicy.yaml", "package.json"]) {
    fs.copyFileSync(path.join(policyPack, file), path.join(folder, file));
  }
  fs.writeFileSync(
    path.join(folder, "start.js"),
    'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [] });\n',
  );
  fs.symlinkSync(path.join(checkout, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}

async function judgings(directories: Directories, rounds: number): Promise<string> {
  const scratch = path.join(directories.state, "bench-judging");
  const { discoveryDocuments } = await Environment.findToolchain(directories);
  const discovery = discoveryDocuments.path;
  const { resources } = await readProgram(directories, "dev", { scratch, discovery });
  fs.rmSync(scratch, { recursive: true, force: true });
  const sections = [];
  for (const crowded of [false, true]) {
    const points = [];
    for (const count of COUNTS) {
      const runs: Judging[] = [];
      for (let round = 0; round < rounds; round++) {
        runs.push(await judge(directories, { resources, count, crowded }));
      }
      const of = (figure: keyof Judging) => median(runs.map((run) => run[figure]));
      points.push({ count, own: of("ownSeconds"), all: of("allSeconds"), said: of("said") });
    }
    sections.push(judgingTable(crowded ? "in two clusters" : "in many clusters", points));
  }
  return sections.join("\n\n");
}

interface Point {
  count: number;
  own: number;
  all: number;
  said: number;
}

function judgingTable(where: string, points: readonly Point[]): string {
  const rows = points.map(({ count, own, all, said }) => [
    String(count),
    own.toFixed(2),
    ((own / count) * 1e6).toFixed(0),
    all.toFixed(2),
    String(said),
  ]);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) throw new Error("nothing was measured");
  const growth = last.own / last.count / (first.own / first.count);
  return [
    table([`resources ${where}`, "policies, s", "us a resource", "with the SDK, s", "said"], rows),
    goalTable([
      { what: `policy time of ${last.count}`, figure: last.own, limit: MOST_SECONDS, unit: " s" },
      { what: "a resource of many by one of few", figure: growth, limit: MOST_GROWTH },
    ]),
  ].join("\n\n");
}

async function judge({ state, library, checkout }: Directories, job: JudgingJob): Promise<Judging> {
  const file = path.join(state, "bench-judging.json");
  fs.writeFileSync(file, JSON.stringify(job));
  const { stdout } = await execa(process.execPath, [path.join(library, "judging.cjs"), file], {
    env: { NODE_PATH: path.join(checkout, "node_modules") },
  });
  fs.rmSync(file);
  return JSON.parse(stdout) as Judging;
}
