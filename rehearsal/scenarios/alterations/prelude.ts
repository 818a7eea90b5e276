import type { Prelude } from "../../stage/program";

import type { EngineEdit } from "./edit";

/** Environment variable in which a program that is to be altered finds its edits, as JSON. */
export const EDITS = "REHEARSAL_EDITS";

/** Has the engine alter the program while it runs it. */
export function preludeOf(edits: readonly EngineEdit[]): Prelude {
  return {
    module: "rehearsal/scenarios/alterations/transform",
    env: { [EDITS]: JSON.stringify(edits) },
  };
}
