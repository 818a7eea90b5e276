import type { Sandbox } from "../../stage/sandbox";
import { messageOf } from "../../toolchain/errors";
import type { Drill } from "../drills/drill";

import type { ExpectedFailure } from "./alteration";
import { engineEditsOf } from "./edit";
import { preludeOf } from "./prelude";
import { alterations } from "./table";

/** Each alteration that the cloud notices, in a program that no policy judges. */
export const cloudDrills: Drill[] = alterations.flatMap(({ name, edits, cloud }) => {
  if (cloud === undefined) return [];
  const prelude = preludeOf([...engineEditsOf(edits), ...(cloud.edits ?? [])]);
  return [{ name, prelude, run: (sandbox) => expectFailure(sandbox, cloud) }];
});

/** The steps before each step that may have to fail, and that step. */
const STEPS = {
  up: ["up"],
  again: ["up", "again"],
  verify: ["up", "verify"],
  fields: ["up", "fields"],
} as const;

/** @throws unless the expected step fails, and says what is wrong */
async function expectFailure(sandbox: Sandbox, expected: ExpectedFailure): Promise<void> {
  const { fails, says, settings } = expected;
  if (settings) sandbox.configure((config) => Object.assign(config, settings));
  for (const step of STEPS[fails]) {
    const said = await sandbox[step]().then(() => undefined, messageOf);
    if (said === undefined && step !== fails) continue;
    if (said === undefined) throw new Error(`${step} passed; it should have failed with ${says}`);
    const words = [said, ...(await sandbox.cloud.diagnose())].join("\n");
    if (step !== fails) throw new Error(`${step} failed, not ${fails}:\n${words}`);
    if (!says.test(words)) throw new Error(`${step} failed, but not with ${says}:\n${words}`);
  }
}
