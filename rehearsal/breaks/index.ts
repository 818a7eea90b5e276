import type { Break } from "./break";
import { backendPolicyCombinations } from "./backend-policy-combinations";
import { backendPolicyFields } from "./backend-policy-fields";
import { noCapacity, everyRegionDrained } from "./capacity-left";
import { otherPort, noHealthCheck, otherPath } from "./health-check-matches-pool";
import {
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
} from "./max-utilization-in-range";
import { noDryRunInProduction } from "./no-dry-run-in-production";
import { onePolicyPerTarget } from "./one-policy-per-target";
import { policyTargetKnown } from "./policy-target-known";
import { poolExported } from "./pool-exported";
import { proxySubnetPerRegion } from "./proxy-subnet-per-region";
import { routedPoolBalanced } from "./routed-pool-balanced";
import { timeoutCoversP99 } from "./timeout-covers-p99";

/** At least one for each policy. */
export const breaks: readonly Break[] = [
  backendPolicyCombinations,
  backendPolicyFields,
  noCapacity,
  everyRegionDrained,
  otherPort,
  noHealthCheck,
  otherPath,
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
  noDryRunInProduction,
  onePolicyPerTarget,
  policyTargetKnown,
  poolExported,
  proxySubnetPerRegion,
  routedPoolBalanced,
  timeoutCoversP99,
];
