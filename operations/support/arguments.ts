import { parseArgs, type ParseArgsConfig } from "node:util";

import { CannotSay } from "./commandExit";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What a command was given after its name. */
export interface Arguments {
  positionals: string[];
  text(name: string): string | undefined;
  flag(name: string): boolean;
}

/**
 * Reads `node operations/start.mjs <command> <arguments>`.
 * @param usage printed with each mistake
 * @throws CannotSay at an unknown option, or another number of arguments
 */
export function argumentsOf(
  args: readonly string[],
  options: Options,
  count: number,
  usage: string,
): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length !== count) {
      throw new Error(`got ${positionals.length} arguments; allowed: ${count}`);
    }
    const all = values as Record<string, string | boolean | undefined>;
    return {
      positionals,
      text: (name) => (typeof all[name] === "string" ? all[name] : undefined),
      flag: (name) => all[name] === true,
    };
  } catch (error) {
    throw new CannotSay(`${(error as Error).message}\n${usage}`);
  }
}
