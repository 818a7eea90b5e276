import { makeChanges } from "../scenarios/changes/makeChanges";
import { drifts } from "../scenarios/changes/drift/table";
import { changes } from "../scenarios/changes/table";
import { Environment } from "../stage/environment";

import { runCommand } from "./frame/command";
import { selectionOf } from "./frame/selection";

/** `make changes`: one running stack; first drift, then every change of the table in turn. */
runCommand(async (directories, interruption) => {
  const selected = selectionOf("change", [...drifts, ...changes]);
  const toMend = drifts.filter((drift) => selected.includes(drift));
  const toMake = changes.filter((change) => selected.includes(change));
  const toolchain = await Environment.findToolchain(directories, interruption.signal);
  return makeChanges({ directories, toolchain, interruption }, toMend, toMake);
});
