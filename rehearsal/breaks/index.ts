import type { Break } from "./break";
import { autoscalingMetricFitsGke } from "./autoscaling-metric-fits-gke";
import { backendPolicyCombinations } from "./backend-policy-combinations";
import { backendPolicyFields } from "./backend-policy-fields";
import { balancedMetricExported } from "./balanced-metric-exported";
import { noCapacity, everyRegionDrained } from "./capacity-left";
import { controlPlanePrivate } from "./control-plane-private";
import { deletionProtection } from "./deletion-protection";
import { gatewayApiEnabled } from "./gateway-api-enabled";
import { gatewayClassAllowed } from "./gateway-class-allowed";
import { gatewayOnConfigCluster, noGatewayController } from "./gateway-on-config-cluster";
import { gatewayRegionPerCluster, addressOfOtherRegion } from "./gateway-region-per-cluster";
import { gkeVersionFloor } from "./gke-version-floor";
import { otherPort, noHealthCheck, otherPath } from "./health-check-matches-pool";
import { hpaProfile } from "./hpa-profile";
import { importHasPool, importMade } from "./import-has-pool";
import { loadBalancerFirewall, otherSources } from "./load-balancer-firewall";
import { maintenanceWindow } from "./maintenance-window";
import {
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
} from "./max-utilization-in-range";
import { metricFitsServer, metricOfAnotherPort } from "./metric-fits-server";
import { modelServerInPool } from "./model-server-in-pool";
import { natForPrivateNodes } from "./nat-for-private-nodes";
import { negsWithinLimit } from "./negs-within-limit";
import { noDryRunInProduction } from "./no-dry-run-in-production";
import { noModelArmor } from "./no-model-armor";
import { noRangeOverlap } from "./no-range-overlap";
import { nodeAutoRepair } from "./node-auto-repair";
import { nodeScopes } from "./node-scopes";
import { objectiveNamesPool } from "./objective-names-pool";
import { onePolicyPerTarget } from "./one-policy-per-target";
import { oneVpc } from "./one-vpc";
import { policyTargetKnown } from "./policy-target-known";
import { poolExported } from "./pool-exported";
import { privateNodes } from "./private-nodes";
import { proxySubnetPerRegion } from "./proxy-subnet-per-region";
import { routeOfOtherGateway, routeToLocalPool, noRoute } from "./route-attached";
import { routedPoolBalanced } from "./routed-pool-balanced";
import { shieldedNodes } from "./shielded-nodes";
import { timeoutCoversP99 } from "./timeout-covers-p99";
import { twoRegions } from "./two-regions";
import { vpcNative } from "./vpc-native";
import { workloadIdentity, oldMetadataEndpoints } from "./workload-identity";

/** At least one for each policy. */
export const breaks: readonly Break[] = [
  autoscalingMetricFitsGke,
  backendPolicyCombinations,
  backendPolicyFields,
  balancedMetricExported,
  noCapacity,
  everyRegionDrained,
  controlPlanePrivate,
  deletionProtection,
  gatewayApiEnabled,
  gatewayClassAllowed,
  gatewayOnConfigCluster,
  noGatewayController,
  gatewayRegionPerCluster,
  addressOfOtherRegion,
  gkeVersionFloor,
  otherPort,
  noHealthCheck,
  otherPath,
  hpaProfile,
  importHasPool,
  importMade,
  loadBalancerFirewall,
  otherSources,
  maintenanceWindow,
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
  metricFitsServer,
  metricOfAnotherPort,
  modelServerInPool,
  natForPrivateNodes,
  negsWithinLimit,
  noDryRunInProduction,
  noModelArmor,
  noRangeOverlap,
  nodeAutoRepair,
  nodeScopes,
  objectiveNamesPool,
  onePolicyPerTarget,
  oneVpc,
  policyTargetKnown,
  poolExported,
  privateNodes,
  proxySubnetPerRegion,
  routeOfOtherGateway,
  routeToLocalPool,
  noRoute,
  routedPoolBalanced,
  shieldedNodes,
  timeoutCoversP99,
  twoRegions,
  vpcNative,
  workloadIdentity,
  oldMetadataEndpoints,
];
