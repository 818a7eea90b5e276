import type { Policies } from "@pulumi/policy";

import { drainFitsSpotNotice } from "./drain-fits-spot-notice";
import { gpuPodsSchedulable } from "./gpu-pods-schedulable";
import { gpuPoolZones } from "./gpu-pool-zones";
import { hourlyBudget } from "./hourly-budget";
import { leastPrivilegeNodeIdentity } from "./least-privilege-node-identity";
import { nodeAutoRepair } from "./node-auto-repair";
import { nodeIdentityWritesMetrics } from "./node-identity-writes-metrics";
import { nodePoolValues } from "./node-pool-values";
import { nodeScopes } from "./node-scopes";
import { nonSpotFallback } from "./non-spot-fallback";
import { privateNodes } from "./private-nodes";
import { shieldedNodes } from "./shielded-nodes";
import { spotOnlyShapes } from "./spot-only-shapes";
import { workloadIdentity } from "./workload-identity";

/** Nodes and their pools: GPUs, zones, spot, identity, cost. */
export const nodes: Policies = [
  drainFitsSpotNotice,
  gpuPodsSchedulable,
  gpuPoolZones,
  hourlyBudget,
  leastPrivilegeNodeIdentity,
  nodeAutoRepair,
  nodeIdentityWritesMetrics,
  nodePoolValues,
  nodeScopes,
  nonSpotFallback,
  privateNodes,
  shieldedNodes,
  spotOnlyShapes,
  workloadIdentity,
];
