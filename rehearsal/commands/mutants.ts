import { judgeMutants } from "../scenarios/mutants/judgeMutants";
import { Environment } from "../stage/environment";

import { runCommand } from "./frame/command";

/** `make mutants`: every small change of the good stacks, and who catches it. */
runCommand(async (directories, interruption) => {
  const toolchain = await Environment.findToolchain(directories, interruption.signal);
  return judgeMutants({ directories, toolchain, interruption }, process.env.ONLY ?? "");
});
