import type { Break } from "./break";
import { autoscalingMetricFitsGke } from "./autoscaling-metric-fits-gke";
import { backendPolicyCombinations } from "./backend-policy-combinations";
import { backendPolicyFields } from "./backend-policy-fields";
import { balancedMetricExported } from "./balanced-metric-exported";
import { budgetSelectsPods, serversWithoutBudget } from "./budget-selects-pods";
import { noCapacity, everyRegionDrained } from "./capacity-left";
import { chartValues } from "./chart-values";
import { clusterIdentifierKnown, noKubeconfig } from "./cluster-identifier-known";
import { controlPlanePrivate } from "./control-plane-private";
import { deletionProtection } from "./deletion-protection";
import { drainFitsSpotNotice } from "./drain-fits-spot-notice";
import { fleetRegisteredOnce } from "./fleet-registered-once";
import { gatewayApiEnabled } from "./gateway-api-enabled";
import { gatewayClassAllowed } from "./gateway-class-allowed";
import { gatewayControllerRole } from "./gateway-controller-role";
import { gatewayOnConfigCluster, noGatewayController } from "./gateway-on-config-cluster";
import { gatewayRegionPerCluster, addressOfOtherRegion } from "./gateway-region-per-cluster";
import { gkeVersionFloor } from "./gke-version-floor";
import { diskTooSmall, classWithoutLabel } from "./gpu-pods-schedulable";
import { gpuPoolZones } from "./gpu-pool-zones";
import { otherPort, noHealthCheck, otherPath } from "./health-check-matches-pool";
import { hourlyBudget } from "./hourly-budget";
import { hpaProfile } from "./hpa-profile";
import { imagePinned } from "./image-pinned";
import { importHasPool, importMade } from "./import-has-pool";
import { initContainerRestartPolicy } from "./init-container-restart-policy";
import { leastPrivilegeNodeIdentity, ownNodeIdentity } from "./least-privilege-node-identity";
import { listenerHasCertificate, certificateOfCore } from "./listener-has-certificate";
import { loadBalancerFirewall, otherSources } from "./load-balancer-firewall";
import { maintenanceWindow } from "./maintenance-window";
import {
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
} from "./max-utilization-in-range";
import { metricFitsServer, metricOfAnotherPort } from "./metric-fits-server";
import { modelServerFindsDriver } from "./model-server-finds-driver";
import { modelServerInPool } from "./model-server-in-pool";
import { modelServerProbed, probedElsewhere } from "./model-server-probed";
import { monitoringSelectsPods } from "./monitoring-selects-pods";
import { namespaceExists } from "./namespace-exists";
import { natForPrivateNodes } from "./nat-for-private-nodes";
import { negsWithinLimit } from "./negs-within-limit";
import { noAuthoritativeIam } from "./no-authoritative-iam";
import { noDryRunInProduction } from "./no-dry-run-in-production";
import { noModelArmor } from "./no-model-armor";
import { noPlainSecret } from "./no-plain-secret";
import { noRangeOverlap } from "./no-range-overlap";
import { noSecretOutput } from "./no-secret-output";
import { nodeAutoRepair } from "./node-auto-repair";
import { nodeIdentityWritesMetrics } from "./node-identity-writes-metrics";
import { nodeScopes } from "./node-scopes";
import { nonSpotFallback } from "./non-spot-fallback";
import { objectiveNamesPool } from "./objective-names-pool";
import { onePolicyPerTarget } from "./one-policy-per-target";
import { oneVpc } from "./one-vpc";
import { pickerFailOpen, pickerWithoutPort } from "./picker-fail-open";
import { pickerFitsNode } from "./picker-fits-node";
import { pickerHighlyAvailable, pickersWithoutLeader } from "./picker-highly-available";
import { pickerMetricFitsServer, pickerMetricOfAnotherServer } from "./picker-metric-fits-server";
import { pickerProbed, pickerProbedAsLeader } from "./picker-probed";
import { pickerReachable, pickerServiceWithoutPods, pickerAtAnotherPort } from "./picker-reachable";
import { pickerRights, pickerWithoutLease } from "./picker-rights";
import { pickerServesPool, pickerWithUnknownFlag, pickerWithoutConfig } from "./picker-serves-pool";
import { pickerVersionRange } from "./picker-version-range";
import { podReferencesExist, podAccountMissing } from "./pod-references-exist";
import { podsRestricted } from "./pods-restricted";
import { policyTargetKnown } from "./policy-target-known";
import { poolExported } from "./pool-exported";
import { poolVisible } from "./pool-visible";
import { prioritiesNeedFlowControl } from "./priorities-need-flow-control";
import { privateNodes } from "./private-nodes";
import { proxySubnetPerRegion } from "./proxy-subnet-per-region";
import { requiredApis, lastingApis } from "./required-apis";
import { routeOfOtherGateway, routeToLocalPool, noRoute } from "./route-attached";
import { routeFieldsSupported, routePatched } from "./route-fields-supported";
import { routedPoolBalanced } from "./routed-pool-balanced";
import { serverPort } from "./server-port";
import { shieldedNodes } from "./shielded-nodes";
import { spotOnlyShapes } from "./spot-only-shapes";
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
  budgetSelectsPods,
  serversWithoutBudget,
  noCapacity,
  everyRegionDrained,
  chartValues,
  clusterIdentifierKnown,
  noKubeconfig,
  controlPlanePrivate,
  deletionProtection,
  drainFitsSpotNotice,
  fleetRegisteredOnce,
  gatewayApiEnabled,
  gatewayClassAllowed,
  gatewayControllerRole,
  gatewayOnConfigCluster,
  noGatewayController,
  gatewayRegionPerCluster,
  addressOfOtherRegion,
  gkeVersionFloor,
  diskTooSmall,
  classWithoutLabel,
  gpuPoolZones,
  otherPort,
  noHealthCheck,
  otherPath,
  hourlyBudget,
  hpaProfile,
  imagePinned,
  importHasPool,
  importMade,
  initContainerRestartPolicy,
  leastPrivilegeNodeIdentity,
  ownNodeIdentity,
  listenerHasCertificate,
  certificateOfCore,
  loadBalancerFirewall,
  otherSources,
  maintenanceWindow,
  maxUtilizationUnset,
  maxUtilizationInProduction,
  noMetricToBalanceOn,
  metricFitsServer,
  metricOfAnotherPort,
  modelServerFindsDriver,
  modelServerInPool,
  modelServerProbed,
  probedElsewhere,
  monitoringSelectsPods,
  namespaceExists,
  natForPrivateNodes,
  negsWithinLimit,
  noAuthoritativeIam,
  noDryRunInProduction,
  noModelArmor,
  noPlainSecret,
  noRangeOverlap,
  noSecretOutput,
  nodeAutoRepair,
  nodeIdentityWritesMetrics,
  nodeScopes,
  nonSpotFallback,
  objectiveNamesPool,
  onePolicyPerTarget,
  oneVpc,
  pickerFailOpen,
  pickerWithoutPort,
  pickerHighlyAvailable,
  pickersWithoutLeader,
  pickerMetricFitsServer,
  pickerMetricOfAnotherServer,
  pickerReachable,
  pickerServiceWithoutPods,
  pickerAtAnotherPort,
  pickerServesPool,
  pickerWithUnknownFlag,
  pickerWithoutConfig,
  pickerRights,
  pickerWithoutLease,
  pickerProbed,
  pickerProbedAsLeader,
  pickerFitsNode,
  pickerVersionRange,
  podReferencesExist,
  podAccountMissing,
  podsRestricted,
  policyTargetKnown,
  poolExported,
  poolVisible,
  prioritiesNeedFlowControl,
  privateNodes,
  proxySubnetPerRegion,
  requiredApis,
  lastingApis,
  routeOfOtherGateway,
  routeToLocalPool,
  noRoute,
  routeFieldsSupported,
  routePatched,
  routedPoolBalanced,
  serverPort,
  shieldedNodes,
  spotOnlyShapes,
  timeoutCoversP99,
  twoRegions,
  vpcNative,
  workloadIdentity,
  oldMetadataEndpoints,
];
