import type { Policies } from "@pulumi/policy";

import { backendPolicyFields } from "./policies/backend-policy-fields";
import { maxUtilizationInRange } from "./policies/max-utilization-in-range";
import { poolExported } from "./policies/pool-exported";
import { proxySubnetPerRegion } from "./policies/proxy-subnet-per-region";
import { timeoutCoversP99 } from "./policies/timeout-covers-p99";
import { rememberInputs } from "./support/frame/inputs";

/** Every policy of the pack. */
export const policies: Policies = [
  rememberInputs,
  backendPolicyFields,
  maxUtilizationInRange,
  poolExported,
  proxySubnetPerRegion,
  timeoutCoversP99,
];
