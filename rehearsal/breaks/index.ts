import type { Break } from "./break";
import { autoscalingMetricFitsGke } from "./autoscaling-metric-fits-gke";
import { backendPolicyCombinations } from "./backend-policy-combinations";
import { backendPolicyFields } from "./backend-policy-fields";
import { balancedMetricExported } from "./balanced-metric-exported";
import { noCapacity, everyRegionDrained } from "./capacity-left";
import { otherPort, noHealthCheck, otherPath } from "./health-check-matches-pool";
import { importHasPool, importMade } from "./import-has-pool";
import {
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
} from "./max-utilization-in-range";
import { metricFitsServer, metricOfAnotherPort } from "./metric-fits-server";
import { modelServerInPool } from "./model-server-in-pool";
import { noDryRunInProduction } from "./no-dry-run-in-production";
import { objectiveNamesPool } from "./objective-names-pool";
import { onePolicyPerTarget } from "./one-policy-per-target";
import { policyTargetKnown } from "./policy-target-known";
import { poolExported } from "./pool-exported";
import { proxySubnetPerRegion } from "./proxy-subnet-per-region";
import { routedPoolBalanced } from "./routed-pool-balanced";
import { timeoutCoversP99 } from "./timeout-covers-p99";
import { twoRegions } from "./two-regions";

/** At least one for each policy. */
export const breaks: readonly Break[] = [
  autoscalingMetricFitsGke,
  backendPolicyCombinations,
  backendPolicyFields,
  balancedMetricExported,
  noCapacity,
  everyRegionDrained,
  otherPort,
  noHealthCheck,
  otherPath,
  importHasPool,
  importMade,
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
  metricFitsServer,
  metricOfAnotherPort,
  modelServerInPool,
  noDryRunInProduction,
  objectiveNamesPool,
  onePolicyPerTarget,
  policyTargetKnown,
  poolExported,
  proxySubnetPerRegion,
  routedPoolBalanced,
  timeoutCoversP99,
  twoRegions,
];
