import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Environment } from "../../stage/environment";
import type { Means } from "../../stage/means";
import { Sandbox } from "../../stage/sandbox";
import { isAbsent, type Toolchain } from "../../toolchain";
import { messageOf } from "../../toolchain/errors";

import { creationOf } from "./creation";
import { Findings } from "./findings";
import { LoadGenerator } from "./load";
import type { ScenarioRecord, TrafficRecord } from "./record";
import type { Scenario } from "./scenario";
import type { Seen } from "./seen";
import { PLACES, Site } from "./site";

/**
 * The simulator of vLLM as these scenarios need it: an answer of 46 tokens takes a second, and a prompt of 160 tokens a
 * 48th of its KV cache. Further requests wait, as in vLLM, before the cache is full: the simulator itself would refuse them.
 */
const MODEL_SERVER = {
  "enable-kvcache": "true",
  "kv-cache-size": "480",
  "block-size": "16",
  "max-num-seqs": "40",
  "time-to-first-token": "100ms",
  "inter-token-latency": "20ms",
};

const REGIONS = PLACES.map(({ region }) => region);

/** Plays scenarios one after another on one running stack. @returns whether all passed, and what was seen */
export async function playScenarios(
  chosen: readonly Scenario[],
  { directories, toolchain, interruption }: Means,
): Promise<TrafficRecord> {
  const { parts, absent } = carriers(toolchain);
  if (absent !== undefined) throw new Error(`no request can be answered: ${absent}`);
  const vegeta = await Environment.findVegeta(directories, interruption.signal);
  const start = Date.now();
  const sandbox = await Sandbox.open(directories, toolchain, "traffic", { serves: true });
  const files = path.join(directories.state, "traffic-load");
  try {
    await sandbox.cloud.turn({ modelServer: MODEL_SERVER, podTimeScale: 1 });
    const site = new Site(sandbox, new LoadGenerator(vegeta, files, interruption.signal));
    const events = path.join(sandbox.directories.state, "creation.jsonl");
    await interruption.cutShort(site.open("--event-log", events));
    console.log(`the stack serves after ${secondsSince(start).toFixed(1)} s`);
    const records: ScenarioRecord[] = [];
    for (const scenario of chosen) {
      if (interruption.happened) break;
      const record = await interruption.cutShort(play(scenario, site));
      print(record);
      records.push(record);
    }
    return {
      begun: new Date(start).toISOString(),
      cores: os.availableParallelism(),
      seconds: secondsSince(start),
      parts,
      regions: REGIONS,
      creation: creationOf(events),
      scenarios: records,
    };
  } finally {
    await sandbox.clear();
    fs.rmSync(files, { recursive: true, force: true });
  }
}

async function play(
  { name, title, settings = {}, targetPercent, run }: Scenario,
  site: Site,
): Promise<ScenarioRecord> {
  const start = Date.now();
  const findings = new Findings();
  let seen: Seen | undefined;
  try {
    await site.deploy(settings);
    await site.untilHealthy();
    seen = await run(site, findings);
  } catch (error) {
    findings.problems.push(messageOf(error));
  }
  return {
    name,
    title,
    seconds: secondsSince(start),
    problems: findings.problems,
    figures: findings.figures,
    marks: [...(seen?.marks ?? [])],
    ...(targetPercent !== undefined && { targetPercent }),
    timeline: seen?.timeline(REGIONS) ?? [],
    latency: seen?.latencies ?? [],
    failures: seen?.failures ?? {},
  };
}

function print({ name, seconds, problems, figures, failures }: ScenarioRecord): void {
  console.log(`${problems.length > 0 ? "✗" : "✓"} ${name} (${seconds.toFixed(1)} s)`);
  for (const { name: figure, value, expected } of figures) {
    console.log(
      `    ${figure}: ${value}${expected === undefined ? "" : ` (expected: ${expected})`}`,
    );
  }
  for (const [code, count] of Object.entries(failures)) {
    console.log(`    answers with ${code === "0" ? "no status" : code}: ${count}`);
  }
  for (const problem of problems) console.log(`  ${problem}`);
}

function secondsSince(start: number): number {
  return (Date.now() - start) / 1000;
}

function carriers({ dataPlane }: Toolchain): { parts: TrafficRecord["parts"]; absent?: string } {
  const { proxy, picker, modelServer } = dataPlane;
  const named = { envoy: proxy, "endpoint picker": picker, "llm-d-inference-sim": modelServer };
  const absent = Object.values(named).find(isAbsent);
  const parts = Object.entries(named).flatMap(([name, part]) =>
    isAbsent(part) ? [] : { name, version: part.version },
  );
  return { parts, ...(absent && { absent: absent.why }) };
}
