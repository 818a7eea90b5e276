import * as fs from "node:fs";
import * as path from "node:path";
import { performance } from "node:perf_hooks";

import { Sandbox } from "../../stage/sandbox";
import { policyPackCommand } from "../../stage/commands";
import { Environment } from "../../stage/environment";
import { table } from "../rehearsal/steps";

import { flatProgram, type PreviewStep } from "./flat";
import { numberFromEnv } from "./numberFromEnv";
import { onlyLoads } from "./onlyLoads";
import { goalTable, type Section } from "./section";
import { median } from "./statistics";

type Subject = "empty" | "loaded" | "flat" | "dev" | "judged";

const HEADINGS: Record<Subject, string> = {
  empty: "an empty program",
  loaded: "the program's modules loaded, nothing registered",
  flat: "dev's resources, registered one after another",
  dev: "dev",
  judged: "dev with policies",
};

/**
 * How long a preview of `dev` takes on an empty cloud, with and without policies, as a ratio to the previews of a flat
 * program that registers the same resources, and of an empty one, with the same settings. Every round runs each once, so that all see the same machine.
 */
export const preview: Section = {
  name: "preview",
  async run(directories) {
    const rounds = numberFromEnv("RUNS", 5, { above: 0, most: 100 });
    const toolchain = await Environment.findToolchain(directories);
    const lay = (name: string) => Sandbox.open(directories, toolchain, name);
    const full = await lay("bench");
    const empty = rewrite(await lay("bench-empty"), () => "export {};\n");
    const loaded = rewrite(await lay("bench-loaded"), onlyLoads);
    const steps = JSON.parse(await full.engine.preview("--json")) as { steps: PreviewStep[] };
    const flat = rewrite(await lay("bench-flat"), () => flatProgram(steps.steps));
    const pack = policyPackCommand(full.directories);
    try {
      const seconds = await inRounds(rounds, {
        empty: () => empty.engine.preview(),
        loaded: () => loaded.engine.preview(),
        flat: () => flat.engine.preview(),
        dev: () => full.engine.preview(),
        judged: () => full.engine.preview("--policy-pack", pack),
      });
      return report(seconds, rounds);
    } finally {
      await Promise.all([full, empty, loaded, flat].map((sandbox) => sandbox.clear()));
    }
  },
};

/** Medians, in seconds. The round before the first fills the caches and does not count. */
async function inRounds(
  rounds: number,
  work: Record<Subject, () => Promise<unknown>>,
): Promise<Record<Subject, number>> {
  const taken: Record<Subject, number[]> = {
    empty: [],
    loaded: [],
    flat: [],
    dev: [],
    judged: [],
  };
  for (let round = 0; round <= rounds; round++) {
    for (const subject of Object.keys(work) as Subject[]) {
      const start = performance.now();
      await work[subject]();
      if (round > 0) taken[subject].push((performance.now() - start) / 1000);
    }
  }
  return mapValues(taken, median);
}

function report(seconds: Record<Subject, number>, rounds: number): string {
  const ratio = (subject: Subject, by: Subject) => seconds[subject] / seconds[by];
  const rows = (Object.keys(seconds) as Subject[]).map((subject) => [
    HEADINGS[subject],
    seconds[subject].toFixed(2),
    ratio(subject, "flat").toFixed(2),
    ratio(subject, "empty").toFixed(2),
  ]);
  return [
    table([`preview of, median of ${rounds}`, "seconds", "by flat", "by empty"], rows),
    goalTable([
      {
        what: "preview of dev by that of the flat program",
        figure: ratio("dev", "flat"),
        limit: 1.15,
      },
      {
        what: "the same with policies, by dev without",
        figure: ratio("judged", "dev"),
        limit: 1.5,
      },
    ]),
  ].join("\n\n");
}

function mapValues<K extends string, A, B>(
  record: Record<K, A>,
  change: (value: A) => B,
): Record<K, B> {
  const entries = Object.entries<A>(record).map(([key, value]) => [key, change(value)]);
  return Object.fromEntries(entries) as Record<K, B>;
}

/** Gives it another program, with the same settings and stack file. @param write given the program's own source */
function rewrite(sandbox: Sandbox, write: (source: string) => string): Sandbox {
  const file = path.join(sandbox.directories.program, "index.ts");
  const source = fs.readFileSync(file, "utf8");
  fs.rmSync(file); // a link into the checkout
  fs.writeFileSync(file, write(source));
  return sandbox;
}
