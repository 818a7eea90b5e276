import type { Model, Settings } from "../../config/schema";
import { readStack } from "../../config/stack";
import { Refused } from "../support/commandExit";
import type { ConfigValue } from "../support/engine";

import type { OverlaidKeys } from "./overlay";
import type { Running } from "./plan";

/** A stack's configuration: as the program checks it, and as it is written. */
export interface StackConfig {
  settings: Settings;
  given: OverlaidKeys;
  /** What should be otherwise, one sentence each. */
  advice: string[];
}

/**
 * @param config as the engine passes it to a program
 * @param names of the stack, and of the project, which the program's keys begin with
 * @throws Refused with every problem, in the words of `pulumi up`
 */
export function stackConfig(
  config: Record<string, ConfigValue>,
  { stack, project }: { stack: string; project: string },
): StackConfig {
  const entries = Object.entries(config);
  const read = readStack({
    stack,
    namespace: project,
    values: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    isSecret: (key) => config[key]?.secret ?? false,
  });
  if (typeof read === "string") throw new Refused(read);
  const { settings, keys, advice } = read;
  return { settings, given: keys as unknown as OverlaidKeys, advice };
}

/**
 * The models and drained regions of the stack, from its outputs.
 * @throws Refused if they do not say
 */
export function runningOf(outputs: Record<string, unknown>): Running {
  const clusters = (outputs.clusters ?? {}) as Record<string, { model?: Model }>;
  const models = Object.entries(clusters).flatMap(([name, { model }]) =>
    model ? [[name, model] as const] : [],
  );
  if (models.length === 0) {
    throw new Refused(
      "The stack's outputs do not say which model a cluster runs: run `pulumi up` with the model that runs now.",
    );
  }
  return {
    models: Object.fromEntries(models),
    drained: (outputs.drained ?? []) as Running["drained"],
  };
}
