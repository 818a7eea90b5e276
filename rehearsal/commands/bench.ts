import * as os from "node:os";

import { policies } from "../scenarios/bench/policies";
import { preview } from "../scenarios/bench/preview";
import { regions } from "../scenarios/bench/regions";

import { runCommand } from "./frame/command";
import { selectionOf } from "./frame/selection";

/** `make bench`: measures this machine; each figure is a ratio to another one of the same run. */
runCommand(async (directories, interruption) => {
  const sections = selectionOf("section", [preview, policies, regions]);
  for (const { name, run } of sections) {
    const load = `${os.cpus().length} cores, load average ${(os.loadavg()[0] ?? 0).toFixed(1)}`;
    console.log(`\n${name} (${load})\n\n${await interruption.cutShort(run(directories))}`);
  }
});
