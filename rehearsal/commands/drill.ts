import { drills } from "../scenarios/drills/drills";
import { runDrills } from "../scenarios/drills/run";
import { Environment } from "../stage/environment";

import { runCommand } from "./frame/command";
import { selectionOf } from "./frame/selection";

/** `make drill`: each drill on a cloud of its own; the last line counts what passed and what failed. */
runCommand(async (directories, interruption) => {
  const selected = selectionOf("drill", drills);
  const toolchain = await Environment.findToolchain(directories, interruption.signal);
  return runDrills(selected, { directories, toolchain, interruption });
});
