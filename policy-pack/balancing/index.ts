import type { Policies } from "@pulumi/policy";

import { backendPolicyCombinations } from "./backend-policy-combinations";
import { backendPolicyFields } from "./backend-policy-fields";
import { capacityLeft } from "./capacity-left";
import { healthCheckMatchesPool } from "./health-check-matches-pool";
import { maxUtilizationInRange } from "./max-utilization-in-range";
import { noDryRunInProduction } from "./no-dry-run-in-production";
import { onePolicyPerTarget } from "./one-policy-per-target";
import { policyTargetKnown } from "./policy-target-known";
import { routedPoolBalanced } from "./routed-pool-balanced";
import { timeoutCoversP99 } from "./timeout-covers-p99";

/** How the load balancer spreads requests: backend policies, health checks, timeouts. */
export const balancing: Policies = [
  backendPolicyCombinations,
  backendPolicyFields,
  capacityLeft,
  healthCheckMatchesPool,
  maxUtilizationInRange,
  noDryRunInProduction,
  onePolicyPerTarget,
  policyTargetKnown,
  routedPoolBalanced,
  timeoutCoversP99,
];
