import { readStack, type StackSettings } from "../../config/stack";

import { Refused } from "./commandExit";
import type { ConfigValue } from "./engine";

/**
 * A stack's configuration as the program reads it.
 * @param config as the engine passes it to a program
 * @param names of the stack, and of the project, which the program's keys begin with
 * @throws Refused with every problem, in the words of `pulumi up`
 */
export function readSettings(
  config: Record<string, ConfigValue>,
  { stack, project }: { stack: string; project: string },
): StackSettings {
  const values = Object.entries(config).map(([key, { value }]) => [key, value] as const);
  const read = readStack({
    stack,
    namespace: project,
    values: Object.fromEntries(values),
    isSecret: (key) => config[key]?.secret ?? false,
  });
  if (typeof read === "string") throw new Refused(read);
  return read;
}
