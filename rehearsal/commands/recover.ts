import { Engine } from "../stage/engine";
import { engineRuns } from "../stage/processes";
import { recover } from "../stage/recover";
import { stacksLeftUnderWay } from "../stage/stacksLeftUnderWay";

import { runCommand } from "./frame/command";

/**
 * Runs before each `pulumi` command by hand: recovers every stack in which a killed command has left operations in
 * progress. It shares the state directory with the running cloud.
 */
runCommand(
  async (directories) => {
    const binary = process.env.REHEARSAL_PULUMI;
    if (!binary || engineRuns(directories.engine)) return; // The running command owns the operations in progress.
    for (const stack of stacksLeftUnderWay(directories)) {
      const found = await recover(new Engine({ directories, stack, binary, env: {} }));
      console.error(`stack ${stack} was left by a killed command: ${found}`);
    }
  },
  { alone: false },
);
