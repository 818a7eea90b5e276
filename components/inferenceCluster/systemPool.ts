import { SYSTEM_POOL } from "../../catalog/systemPool";

import type { NodePoolShape } from "./nodePool";

const { machineType, nodesPerZone, mostNodesPerZone } = SYSTEM_POOL;

/**
 * The pool for whatever needs no GPU. Numbers count in each zone.
 * @param zones of its nodes; left out, its cluster's
 */
export function systemPoolShape(zones: string[] | undefined): NodePoolShape {
  return {
    nodeLocations: zones,
    // Left out it would be none, and the first pod would wait for the autoscaler.
    initialNodeCount: nodesPerZone,
    autoscaling: { minNodeCount: nodesPerZone, maxNodeCount: mostNodesPerZone },
    nodeConfig: { machineType },
  };
}
