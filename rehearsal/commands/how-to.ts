import { showDefects } from "../scenarios/howTo/showDefects";
import { Stage } from "../stage/stage";

import { runCommand } from "./frame/command";

/**
 * `make how-to`: follows the how-to on a cloud of its own, and shows where it does not work as written. One line for
 * each defect; the last line counts those that showed as the table says.
 */
runCommand(async (places, interruption) => {
  const toolchain = await Stage.findToolchain(places, interruption.signal);
  return showDefects({ places, toolchain, interruption });
});
