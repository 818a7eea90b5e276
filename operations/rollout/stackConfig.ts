import { keysOf } from "../../config/keys";
import { line } from "../../config/problem";
import { read } from "../../config/read";
import type { Model, Settings } from "../../config/schema";
import { Refused } from "../support/commandExit";

import type { OverlaidKeys } from "./overlay";
import type { Running } from "./plan";

/** A stack's configuration: as the program checks it, and as it is written. */
export interface StackConfig {
  settings: Settings;
  given: OverlaidKeys;
}

/**
 * @param config as the engine passes it to a program: text, or JSON for structured values
 * @param project namespace of the program's configuration keys
 * @throws Refused with every problem
 */
export function stackConfig(config: Record<string, string>, project: string): StackConfig {
  const keys = keysOf(config, project);
  const { settings, problems } = read(keys);
  if (!settings) {
    const lines = problems.map((problem) => `  ${line(project, problem)}`);
    throw new Refused(["The configuration has problems:", ...lines].join("\n"));
  }
  return { settings, given: keys as unknown as OverlaidKeys };
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
