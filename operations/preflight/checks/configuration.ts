import { adviceOn } from "../../../config/advice";
import type { Accelerator } from "../../../config/schema";
import { type Finding, ok, warning } from "../finding";
import type { Target } from "../target";

import type { Check } from "./check";

/** The program refuses what is wrong before anything is asked; this is what it would warn of. */
export const configuration: Check = {
  name: "configuration",
  asks: "what the program would warn of",
  ask: ({ settings, advice }: Target): Promise<Finding[]> => {
    // Which zones have the machines is asked of Google, and not of the table.
    const anywhere = (pool: Accelerator) => ({ ...pool, zones: [] });
    const { accelerator, fallbacks } = settings;
    const pools = { accelerator: anywhere(accelerator), fallbacks: fallbacks.map(anywhere) };
    const all = [...advice, ...adviceOn({ ...settings, ...pools })];
    const warnings = all.map((words) => warning(words));
    return Promise.resolve(warnings.length > 0 ? warnings : [ok("the program takes it")]);
  },
};
