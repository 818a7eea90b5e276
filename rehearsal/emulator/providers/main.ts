import { host } from "./plugin/host";
import { serve } from "./plugin/serve";
import { loadStandIn } from "./standIns";
import { messageOf } from "../../toolchain/errors";

/** `node providers.cjs <name>` is one plugin; `node providers.cjs host <file>` serves all of one command. */
async function main(what: string, file: string): Promise<void> {
  if (what === "host") await host(file, loadStandIn);
  else await serve(await loadStandIn(what));
}

const [, , what = "", file = ""] = process.argv;
void main(what, file).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exit(1);
});
