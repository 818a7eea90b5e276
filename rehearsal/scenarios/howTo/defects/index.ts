import { balancingDefects } from "./balancing";
import { clusterDefects } from "./clusters";
import type { Defect } from "./defect";
import { fleetDefects } from "./fleet";
import { requestDefects } from "./requests";
import { workloadDefects } from "./workloads";

/** All of them, by number. */
export const defects: Defect[] = [
  ...workloadDefects,
  ...balancingDefects,
  ...requestDefects,
  ...clusterDefects,
  ...fleetDefects,
].sort((a, b) => a.number - b.number);
