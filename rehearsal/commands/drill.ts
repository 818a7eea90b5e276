import { drills } from "../scenarios/drills/drills";
import { runDrills } from "../scenarios/drills/run";
import { Stage } from "../stage/stage";

import { runCommand } from "./frame/command";
import { selectionOf } from "./frame/selection";

/** `make drill`: each drill on a cloud of its own; the last line counts what passed and what failed. */
runCommand(async (places, interruption) => {
  const selected = selectionOf("drill", drills);
  const toolchain = await Stage.findToolchain(places, interruption.signal);
  return runDrills(selected, { places, toolchain, interruption });
});
