import { performance } from "node:perf_hooks";

import { duration } from "../../../emulator/cloud/tables/durations";
import { Sandbox } from "../../../stage/sandbox";
import type { Directories } from "../../../stage/directories";
import { Environment } from "../../../stage/environment";
import { table } from "../../rehearsal/steps";
import { numberFromEnv } from "../numberFromEnv";
import { goalTable, type Section } from "../section";

import { howToCommands } from "./howTo";
import { necessaryTasks } from "./necessary";
import { finishTimes, longestChain, secondsInOrder } from "./schedule";

/** The clusters of `dev`, the config cluster first. */
const CLUSTERS: [string, string] = ["gke-west", "gke-east"];
/** How much longer than the longest unavoidable chain the engine's schedule may be. */
const LIMIT = 1.05;

/**
 * How long `pulumi up` of `dev` takes on a cold cloud whose operations take their real durations, next to the least that
 * any schedule can take, and to the how-to's commands one after another.
 */
export const makespan: Section = {
  name: "makespan",
  async run(directories) {
    const scale = numberFromEnv("SCALE", 0.2, { above: 0, most: 1 });
    const chain = longestChain(necessaryTasks(CLUSTERS, true));
    const least = chain.reduce((sum, { seconds }) => sum + seconds, 0);
    const removal = duration("container.googleapis.com/NodePool delete");
    // The default VPC is there.
    const howTo = secondsInOrder(necessaryTasks(CLUSTERS, false), howToCommands(...CLUSTERS));
    const engine = (await measure(directories, scale)) / scale;

    const rows: [string, number][] = [
      ["longest unavoidable chain", least],
      ["the same, and the pool that a cluster is made with removed", least + removal],
      ["pulumi up", engine],
      ["the how-to's commands in their order", howTo],
    ];
    return [
      table(
        ["the chain", "takes", "done after"],
        chain.map(({ name, seconds }) => [name, minutes(seconds), minutes(doneAfter(name))]),
      ),
      table(
        [`dev on a cold cloud, time scale ${scale}`, "minutes", "ratio"],
        rows.map(([what, seconds]) => [what, minutes(seconds), (seconds / least).toFixed(2)]),
      ),
      goalTable([
        { what: "pulumi up by the longest chain", figure: engine / least, limit: LIMIT },
        { what: "pulumi up by the how-to", figure: engine / howTo, limit: 1 },
      ]),
    ].join("\n\n");
  },
};

function doneAfter(name: string): number {
  return finishTimes(necessaryTasks(CLUSTERS, true)).get(name) ?? 0;
}

/** Seconds that `up` takes. */
async function measure(directories: Directories, scale: number): Promise<number> {
  const toolchain = await Environment.findToolchain(directories);
  const sandbox = await Sandbox.open(directories, toolchain, "bench-makespan");
  try {
    await sandbox.engine.preview(); // Fills the caches of the program.
    await sandbox.cloud.turn({ timeScale: scale });
    const start = performance.now();
    await sandbox.up();
    return (performance.now() - start) / 1000;
  } finally {
    await sandbox.clear();
  }
}

/** `6:13` */
function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
