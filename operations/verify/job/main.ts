import { CommandExit } from "../../support/commandExit";
import { Parameters } from "../../support/parameters";

import { verifyAndPrint } from "../command";
import { gatewayOf } from "../gateway";
import { outputsInFile } from "../outputs";

/** The Job's command: it has the outputs in a file, no engine and no packages. */
async function main(): Promise<void> {
  const parameters = new Parameters(process.env, "verify");
  const file = parameters.text("OUTPUTS") ?? "";
  const from = parameters.text("GATEWAY") ?? file;
  try {
    await verifyAndPrint(from, parameters, () =>
      Promise.resolve(gatewayOf(outputsInFile(file), file)),
    );
  } catch (error) {
    console.error(error instanceof CommandExit ? error.message : error);
    process.exitCode = error instanceof CommandExit ? error.exitCode : 2;
  }
}

void main();
