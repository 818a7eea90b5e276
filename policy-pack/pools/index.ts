import type { Policies } from "@pulumi/policy";

import { importHasPool } from "./import-has-pool";
import { modelServerInPool } from "./model-server-in-pool";
import { objectiveNamesPool } from "./objective-names-pool";
import { poolExported } from "./pool-exported";
import { twoRegions } from "./two-regions";

/** Inference pools, their members and their exports. */
export const pools: Policies = [
  importHasPool,
  modelServerInPool,
  objectiveNamesPool,
  poolExported,
  twoRegions,
];
