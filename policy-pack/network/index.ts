import type { Policies } from "@pulumi/policy";

import { gatewayClassAllowed } from "./gateway-class-allowed";
import { gatewayRegionPerCluster } from "./gateway-region-per-cluster";
import { listenerHasCertificate } from "./listener-has-certificate";
import { loadBalancerFirewall } from "./load-balancer-firewall";
import { natForPrivateNodes } from "./nat-for-private-nodes";
import { negsWithinLimit } from "./negs-within-limit";
import { noModelArmor } from "./no-model-armor";
import { noRangeOverlap } from "./no-range-overlap";
import { oneVpc } from "./one-vpc";
import { proxySubnetPerRegion } from "./proxy-subnet-per-region";
import { routeAttached } from "./route-attached";
import { routeFieldsSupported } from "./route-fields-supported";

/** The path of a request to a pool: gateways, routes, subnets, firewall rules. */
export const network: Policies = [
  gatewayClassAllowed,
  gatewayRegionPerCluster,
  listenerHasCertificate,
  loadBalancerFirewall,
  natForPrivateNodes,
  negsWithinLimit,
  noModelArmor,
  noRangeOverlap,
  oneVpc,
  proxySubnetPerRegion,
  routeAttached,
  routeFieldsSupported,
];
