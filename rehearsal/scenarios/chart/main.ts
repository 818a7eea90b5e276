import * as fs from "node:fs";

import { compareCharts, type Comparison } from "./compare";
import { messageOf } from "../../toolchain/errors";

/**
 * Compares and prints the result as JSON. A process of its own, because it runs the program's components, and they
 * need the checkout's own copy of the SDK.
 * @param file a `Comparison` as JSON
 */
async function main(file: string): Promise<void> {
  const comparison = JSON.parse(fs.readFileSync(file, "utf8")) as Comparison;
  console.log(JSON.stringify(await compareCharts(comparison)));
}

void main(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
