import type { Ground } from "../../stage/ground";
import { messageOf } from "../../toolchain/errors";
import type { RuleDrill } from "../alterations/rules";

/** What leads to each step that may have to fail, and that step. */
const STEPS = {
  up: ["up"],
  again: ["up", "again"],
  verify: ["up", "verify"],
  fields: ["up", "fields"],
  destroy: ["up", "verify", "destroy"],
} as const;

/** @returns what throws unless the expected step fails, and says what is wrong */
export function drillRule({ fails, message, timeScale, settings }: RuleDrill) {
  return async (ground: Ground): Promise<void> => {
    if (settings) ground.configure((config) => Object.assign(config, settings));
    for (const step of STEPS[fails]) {
      if (step === fails && timeScale !== undefined) await ground.cloud.turn({ timeScale });
      const said = await ground[step]().then(() => undefined, messageOf);
      if (said === undefined && step !== fails) continue;
      if (said === undefined)
        throw new Error(`${step} passed; it should have failed with ${message}`);
      const words = [said, ...(await ground.cloud.diagnose())].join("\n");
      if (step !== fails) throw new Error(`${step} failed, not ${fails}:\n${words}`);
      if (!message.test(words))
        throw new Error(`${step} failed, but not with ${message}:\n${words}`);
      return;
    }
  };
}
