import { SYSTEM_POOL } from "../../catalog/systemPool";

import type { NodePoolShape } from "./nodePool";

const { machineType, nodesPerZone, mostNodesPerZone } = SYSTEM_POOL;

/**
 * The pool for pods that need no GPU. Numbers are for each zone.
 * @param zones of its nodes; left out, its cluster's
 */
export function systemPoolShape(zones: string[] | undefined): NodePoolShape {
  return {
    nodeLocations: zones,
    // By default the pool starts empty, and the first pod would wait for the autoscaler.
    initialNodeCount: nodesPerZone,
    autoscaling: { minNodeCount: nodesPerZone, maxNodeCount: mostNodesPerZone },
    nodeConfig: { machineType },
  };
}
