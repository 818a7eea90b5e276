import type { Model, Settings } from "../../config/schema";
import { Refused } from "../support/commandExit";
import type { ConfigValue } from "../support/engine";
import { readSettings } from "../support/settings";

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
  names: { stack: string; project: string },
): StackConfig {
  const { settings, keys, advice } = readSettings(config, names);
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
