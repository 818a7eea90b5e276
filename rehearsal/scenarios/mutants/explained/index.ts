import type { Explanation } from "../explanation";

import { chart } from "./chart";
import { clusters } from "./clusters";
import { everywhere } from "./everywhere";
import { gateway } from "./gateway";
import { modelServer } from "./modelServer";
import { network } from "./network";

/** Every reason why a mutant may live that neither a policy nor an API catches. */
export const EXPLANATIONS: readonly Explanation[] = [
  ...everywhere,
  ...network,
  ...clusters,
  ...chart,
  ...modelServer,
  ...gateway,
];
