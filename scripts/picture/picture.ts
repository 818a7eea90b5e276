import { arrange } from "./page";
import { runProgram } from "./program";
import { readTopology, type Synthesis } from "./readTopology";
import { readStackConfig } from "./stackConfig";
import { svgOf } from "./svg";

/** The topology of a stack as SVG, from what its program registers. */
export function picture(stack: string, synthesis: Synthesis): string {
  return svgOf(arrange(readTopology(stack, synthesis)));
}

/**
 * The same for a stack file of a folder.
 * @throws Refused if there is no such stack, or its configuration is invalid
 */
export async function pictureOfStack(folder: string, name: string): Promise<string> {
  const config = readStackConfig(folder, name);
  return picture(config.stack, await runProgram(config));
}
