import { showDefects } from "../scenarios/howTo/showDefects";
import { Environment } from "../stage/environment";

import { runCommand } from "./frame/command";

/**
 * `make how-to`: follows the how-to on a cloud of its own, and shows where it does not work as written. One line for
 * each defect; the last line counts those that showed as the table says.
 */
runCommand(async (directories, interruption) => {
  const toolchain = await Environment.findToolchain(directories, interruption.signal);
  return showDefects({ directories, toolchain, interruption });
});
