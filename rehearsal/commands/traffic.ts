import * as path from "node:path";

import { writeReport } from "../scenarios/traffic/report/writeReport";
import { playScenarios } from "../scenarios/traffic/run";
import { scenarios } from "../scenarios/traffic/table";
import { Environment } from "../stage/environment";

import { runCommand } from "./frame/command";
import { selectionOf } from "./frame/selection";

/** `make traffic`: every scenario under load on one running stack, and the report; the last line counts. */
runCommand(async (directories, interruption) => {
  const selected = selectionOf("scenario", scenarios);
  const toolchain = await Environment.findToolchain(directories, interruption.signal);
  const record = await playScenarios(selected, { directories, toolchain, interruption });
  const failed = record.scenarios.filter(({ problems }) => problems.length > 0).length;
  const passed = record.scenarios.length - failed;
  const folder = process.env.REPORT || path.join(directories.state, "traffic");
  console.log(`the report is ${writeReport(record, folder, directories.checkout)}`);
  console.log(`played in ${record.seconds.toFixed(0)} s`);
  console.log(`${passed} passed, ${selected.length - passed} failed`);
  return passed === selected.length;
});
