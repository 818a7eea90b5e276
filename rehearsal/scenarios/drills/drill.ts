import type { Sandbox } from "../../stage/sandbox";
import type { Prelude } from "../../stage/program";

/** Something goes wrong in the program or in the world, and what has to come of it. */
export interface Drill {
  name: string;
  /** What the engine runs before the program. @default nothing */
  prelude?: Prelude;
  /** @throws unless it comes so */
  run: (sandbox: Sandbox) => Promise<void>;
}
