import * as os from "node:os";

import { absencesOf, partsOf } from "../../toolchain";

import { type Environment, standInsBeside } from "../../stage/environment";
import { type StepResult, table } from "./steps";

const GIB = 1024 ** 3;

/** What ran, how long each step took, and which parts were real. */
export function closingTable(
  steps: StepResult[],
  { toolchain }: Environment,
  peakMemory: number,
): string {
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const stepRows = steps.map(({ name, seconds, note }) => [name, seconds.toFixed(1), note]);
  const toolRows = partsOf(toolchain).map(({ name, part: { version, source, seconds } }) => [
    name,
    version,
    seconds > 0 ? `${source} (${seconds.toFixed(0)} s)` : source,
  ]);
  const standInRows = standInsBeside(toolchain).map((name) => [
    `provider ${name}`,
    "",
    "the repository's own stand-in",
  ]);
  return [
    table(
      ["step", "seconds", ""],
      [...stepRows, ["all", total.toFixed(1), `peak memory ${(peakMemory / GIB).toFixed(2)} GiB`]],
    ),
    table(["what ran", "version", "from"], [...toolRows, ...standInRows]),
    ...absencesOf(toolchain),
  ].join("\n\n");
}

/** The same for a program: `scripts/timeline` draws it. */
export function recordOf(steps: StepResult[], stack: string, peakMemory: number): string {
  const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
  const record = {
    stack,
    cores: os.availableParallelism(),
    peakMemoryGib: rounded(peakMemory / GIB, 2),
    steps: steps.map(({ name, seconds, note }) => ({ name, seconds: rounded(seconds, 1), note })),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** How to work by hand on the running stack. */
export function exportLines({ env, directories }: Environment, stack: string): string {
  const lines = Object.entries(env).map(([key, value]) => `export ${key}='${value}'`);
  return [
    "Everything is still running. To work on it by hand:",
    "",
    ...lines,
    `cd '${directories.program}'`,
    "",
    `pulumi up -s ${stack}                                   # runs the program of this checkout, as it is now`,
    `pulumi stack output -s ${stack} --show-secrets kubeconfigs --json | jq -r '.["gke-west"]' > /tmp/gke-west.kubeconfig`,
    "kubectl --kubeconfig /tmp/gke-west.kubeconfig get gateway,inferencepool,pods -A",
    'curl "$REHEARSAL_CLOUD_URL/admin/loadBalancers"',
    "",
    "`make clean` stops and removes it.",
  ].join("\n");
}
