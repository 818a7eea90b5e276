import type { Toolchain } from "../toolchain";

import type { Interruption } from "./interruption";
import type { Directories } from "./directories";

/** What a command gives the scenario that it runs. */
export interface Means {
  directories: Directories;
  toolchain: Toolchain;
  interruption: Interruption;
}
