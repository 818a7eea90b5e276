import type { Policies } from "@pulumi/policy";

import { backendPolicyCombinations } from "./policies/backend-policy-combinations";
import { backendPolicyFields } from "./policies/backend-policy-fields";
import { capacityLeft } from "./policies/capacity-left";
import { healthCheckMatchesPool } from "./policies/health-check-matches-pool";
import { maxUtilizationInRange } from "./policies/max-utilization-in-range";
import { noDryRunInProduction } from "./policies/no-dry-run-in-production";
import { onePolicyPerTarget } from "./policies/one-policy-per-target";
import { policyTargetKnown } from "./policies/policy-target-known";
import { poolExported } from "./policies/pool-exported";
import { proxySubnetPerRegion } from "./policies/proxy-subnet-per-region";
import { routedPoolBalanced } from "./policies/routed-pool-balanced";
import { timeoutCoversP99 } from "./policies/timeout-covers-p99";
import { rememberInputs } from "./support/frame/inputs";

/** Every policy of the pack. */
export const policies: Policies = [
  rememberInputs,
  backendPolicyCombinations,
  backendPolicyFields,
  capacityLeft,
  healthCheckMatchesPool,
  maxUtilizationInRange,
  noDryRunInProduction,
  onePolicyPerTarget,
  policyTargetKnown,
  poolExported,
  proxySubnetPerRegion,
  routedPoolBalanced,
  timeoutCoversP99,
];
