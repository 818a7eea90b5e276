import type { Ground } from "../../stage/ground";

/** One part of the world breaks, and what has to come of it. */
export interface FaultDrill {
  name: string;
  /** Module in `mutations/` that runs before the program. @default the program as it is */
  mutation?: string;
  /** @throws unless it comes so */
  run: (ground: Ground) => Promise<void>;
}
