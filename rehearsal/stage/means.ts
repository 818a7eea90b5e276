import type { Toolchain } from "../toolchain";

import type { Interruption } from "./interruption";
import type { Places } from "./places";

/** What a command gives the scenario that it runs. */
export interface Means {
  places: Places;
  toolchain: Toolchain;
  interruption: Interruption;
}
