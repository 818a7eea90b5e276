import type { Policies } from "@pulumi/policy";

import { autoscalingMetricFitsGke } from "./policies/autoscaling-metric-fits-gke";
import { backendPolicyCombinations } from "./policies/backend-policy-combinations";
import { backendPolicyFields } from "./policies/backend-policy-fields";
import { balancedMetricExported } from "./policies/balanced-metric-exported";
import { budgetSelectsPods } from "./policies/budget-selects-pods";
import { capacityLeft } from "./policies/capacity-left";
import { chartValues } from "./policies/chart-values";
import { clusterIdentifierKnown } from "./policies/cluster-identifier-known";
import { controlPlanePrivate } from "./policies/control-plane-private";
import { deletionProtection } from "./policies/deletion-protection";
import { drainFitsSpotNotice } from "./policies/drain-fits-spot-notice";
import { fleetRegisteredOnce } from "./policies/fleet-registered-once";
import { gatewayApiEnabled } from "./policies/gateway-api-enabled";
import { gatewayClassAllowed } from "./policies/gateway-class-allowed";
import { gatewayControllerRole } from "./policies/gateway-controller-role";
import { gatewayOnConfigCluster } from "./policies/gateway-on-config-cluster";
import { gatewayRegionPerCluster } from "./policies/gateway-region-per-cluster";
import { gkeVersionFloor } from "./policies/gke-version-floor";
import { gpuPodsSchedulable } from "./policies/gpu-pods-schedulable";
import { gpuPoolZones } from "./policies/gpu-pool-zones";
import { healthCheckMatchesPool } from "./policies/health-check-matches-pool";
import { hourlyBudget } from "./policies/hourly-budget";
import { hpaProfile } from "./policies/hpa-profile";
import { imagePinned } from "./policies/image-pinned";
import { importHasPool } from "./policies/import-has-pool";
import { initContainerRestartPolicy } from "./policies/init-container-restart-policy";
import { leastPrivilegeNodeIdentity } from "./policies/least-privilege-node-identity";
import { listenerHasCertificate } from "./policies/listener-has-certificate";
import { loadBalancerFirewall } from "./policies/load-balancer-firewall";
import { maintenanceWindow } from "./policies/maintenance-window";
import { maxUtilizationInRange } from "./policies/max-utilization-in-range";
import { metricFitsServer } from "./policies/metric-fits-server";
import { modelServerFindsDriver } from "./policies/model-server-finds-driver";
import { modelServerInPool } from "./policies/model-server-in-pool";
import { modelServerProbed } from "./policies/model-server-probed";
import { monitoringSelectsPods } from "./policies/monitoring-selects-pods";
import { namespaceExists } from "./policies/namespace-exists";
import { natForPrivateNodes } from "./policies/nat-for-private-nodes";
import { negsWithinLimit } from "./policies/negs-within-limit";
import { noAuthoritativeIam } from "./policies/no-authoritative-iam";
import { noDryRunInProduction } from "./policies/no-dry-run-in-production";
import { noModelArmor } from "./policies/no-model-armor";
import { noPlainSecret } from "./policies/no-plain-secret";
import { noRangeOverlap } from "./policies/no-range-overlap";
import { noSecretOutput } from "./policies/no-secret-output";
import { nodeAutoRepair } from "./policies/node-auto-repair";
import { nodeIdentityWritesMetrics } from "./policies/node-identity-writes-metrics";
import { nodeScopes } from "./policies/node-scopes";
import { nonSpotFallback } from "./policies/non-spot-fallback";
import { objectiveNamesPool } from "./policies/objective-names-pool";
import { onePolicyPerTarget } from "./policies/one-policy-per-target";
import { oneVpc } from "./policies/one-vpc";
import { pickerFailOpen } from "./policies/picker-fail-open";
import { pickerFitsNode } from "./policies/picker-fits-node";
import { pickerHighlyAvailable } from "./policies/picker-highly-available";
import { pickerMetricFitsServer } from "./policies/picker-metric-fits-server";
import { pickerProbed } from "./policies/picker-probed";
import { pickerReachable } from "./policies/picker-reachable";
import { pickerRights } from "./policies/picker-rights";
import { pickerServesPool } from "./policies/picker-serves-pool";
import { pickerVersionRange } from "./policies/picker-version-range";
import { podReferencesExist } from "./policies/pod-references-exist";
import { podsRestricted } from "./policies/pods-restricted";
import { policyTargetKnown } from "./policies/policy-target-known";
import { poolExported } from "./policies/pool-exported";
import { poolVisible } from "./policies/pool-visible";
import { prioritiesNeedFlowControl } from "./policies/priorities-need-flow-control";
import { privateNodes } from "./policies/private-nodes";
import { proxySubnetPerRegion } from "./policies/proxy-subnet-per-region";
import { requiredApis } from "./policies/required-apis";
import { routeAttached } from "./policies/route-attached";
import { routeFieldsSupported } from "./policies/route-fields-supported";
import { routedPoolBalanced } from "./policies/routed-pool-balanced";
import { serverPort } from "./policies/server-port";
import { shieldedNodes } from "./policies/shielded-nodes";
import { spotOnlyShapes } from "./policies/spot-only-shapes";
import { timeoutCoversP99 } from "./policies/timeout-covers-p99";
import { twoRegions } from "./policies/two-regions";
import { vpcNative } from "./policies/vpc-native";
import { workloadIdentity } from "./policies/workload-identity";
import { rememberInputs } from "./support/frame/inputs";

/** Every policy of the pack. */
export const policies: Policies = [
  rememberInputs,
  autoscalingMetricFitsGke,
  backendPolicyCombinations,
  backendPolicyFields,
  balancedMetricExported,
  budgetSelectsPods,
  capacityLeft,
  chartValues,
  clusterIdentifierKnown,
  controlPlanePrivate,
  deletionProtection,
  drainFitsSpotNotice,
  fleetRegisteredOnce,
  gatewayApiEnabled,
  gatewayClassAllowed,
  gatewayControllerRole,
  gatewayOnConfigCluster,
  gatewayRegionPerCluster,
  gkeVersionFloor,
  gpuPodsSchedulable,
  gpuPoolZones,
  healthCheckMatchesPool,
  hourlyBudget,
  hpaProfile,
  imagePinned,
  importHasPool,
  initContainerRestartPolicy,
  leastPrivilegeNodeIdentity,
  listenerHasCertificate,
  loadBalancerFirewall,
  maintenanceWindow,
  maxUtilizationInRange,
  metricFitsServer,
  modelServerFindsDriver,
  modelServerInPool,
  modelServerProbed,
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
  pickerFitsNode,
  pickerHighlyAvailable,
  pickerMetricFitsServer,
  pickerProbed,
  pickerReachable,
  pickerRights,
  pickerServesPool,
  pickerVersionRange,
  podReferencesExist,
  podsRestricted,
  policyTargetKnown,
  poolExported,
  poolVisible,
  prioritiesNeedFlowControl,
  privateNodes,
  proxySubnetPerRegion,
  requiredApis,
  routeAttached,
  routeFieldsSupported,
  routedPoolBalanced,
  serverPort,
  shieldedNodes,
  spotOnlyShapes,
  timeoutCoversP99,
  twoRegions,
  vpcNative,
  workloadIdentity,
];
