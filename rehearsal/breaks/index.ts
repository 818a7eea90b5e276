import type { Break } from "./break";
import { backendPolicyFields } from "./backend-policy-fields";
import {
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
} from "./max-utilization-in-range";
import { poolExported } from "./pool-exported";
import { proxySubnetPerRegion } from "./proxy-subnet-per-region";
import { timeoutCoversP99 } from "./timeout-covers-p99";

/** At least one for each policy. */
export const breaks: readonly Break[] = [
  backendPolicyFields,
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
  poolExported,
  proxySubnetPerRegion,
  timeoutCoversP99,
];
