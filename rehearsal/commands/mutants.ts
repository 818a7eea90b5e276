import { judgeMutants } from "../scenarios/mutants/judgeMutants";
import { Stage } from "../stage/stage";

import { runCommand } from "./frame/command";

/** `make mutants`: every small change of the good stacks, and who catches it. */
runCommand(async (places, interruption) => {
  const toolchain = await Stage.findToolchain(places, interruption.signal);
  return judgeMutants({ places, toolchain, interruption }, process.env.ONLY ?? "");
});
