import { at } from "../../json";
import { before, from, has, WITH_IP_ENDPOINTS } from "./conditions";
import { FilledIn } from "./filledIn";
import { GKE_1_33, GKE_1_35, GKE_1_36 } from "./sources";

const SCOPES = ["devstorage.read_only", "logging.write", "monitoring"]
  .concat("service.management.readonly", "servicecontrol", "trace.append")
  .map((scope) => `https://www.googleapis.com/auth/${scope}`);

const IP_ENDPOINTS = "controlPlaneEndpointsConfig.ipEndpointsConfig";
const DNS_ENDPOINT = "controlPlaneEndpointsConfig.dnsEndpointConfig";

/** What GKE fills into a Standard cluster. */
export const CLUSTER: readonly FilledIn[] = [
  // Whatever was asked for.
  {
    field: "addonsConfig.gcePersistentDiskCsiDriverConfig.enabled",
    value: true,
    always: true,
    source: GKE_1_36,
  },
  { field: "addonsConfig.kubernetesDashboard.disabled", value: true, source: GKE_1_36 },
  { field: "addonsConfig.networkPolicyConfig.disabled", value: true, source: GKE_1_35 },
  {
    field: "addonsConfig.dnsCacheConfig.enabled",
    value: true,
    when: from("1.35"),
    source: GKE_1_35,
  },
  { field: "addonsConfig.nodeReadinessConfig", value: {}, when: from("1.36"), source: GKE_1_36 },
  {
    field: "anonymousAuthenticationConfig.mode",
    value: "ENABLED",
    when: before("1.35"),
    source: GKE_1_33,
  },
  {
    field: "anonymousAuthenticationConfig.mode",
    value: "LIMITED",
    when: from("1.35"),
    source: GKE_1_35,
  },
  { field: "autopilot", value: {}, source: GKE_1_35 },
  { field: "autoscaling.autoscalingProfile", value: "BALANCED", source: GKE_1_35 },
  {
    field: "autoscaling.autoprovisioningNodePoolDefaults",
    value: {
      imageType: "COS_CONTAINERD",
      management: { autoRepair: true, autoUpgrade: true },
      oauthScopes: SCOPES,
      serviceAccount: "default",
    },
    when: from("1.35"),
    source: GKE_1_35,
  },
  { field: "binaryAuthorization", value: {}, source: GKE_1_35 },
  { field: "clusterTelemetry.type", value: "ENABLED", source: GKE_1_35 },
  {
    field: "controlPlaneEgress.mode",
    value: "VIA_CONTROL_PLANE",
    when: from("1.35"),
    source: GKE_1_35,
  },
  { field: `${DNS_ENDPOINT}.allowExternalTraffic`, value: false, source: GKE_1_35 },
  {
    field: `${DNS_ENDPOINT}.enableK8sCertsViaDns`,
    value: false,
    when: from("1.35"),
    source: GKE_1_35,
  },
  {
    field: `${DNS_ENDPOINT}.enableK8sTokensViaDns`,
    value: false,
    when: from("1.35"),
    source: GKE_1_35,
  },
  { field: `${IP_ENDPOINTS}.enabled`, value: true, source: GKE_1_35 },
  // Off, they say nothing but that: no `enablePublicEndpoint`, which the provider reads as private.
  {
    field: `${IP_ENDPOINTS}.enablePublicEndpoint`,
    value: true,
    when: WITH_IP_ENDPOINTS,
    source: GKE_1_35,
  },
  {
    field: `${IP_ENDPOINTS}.authorizedNetworksConfig.gcpPublicCidrsAccessEnabled`,
    value: true,
    when: WITH_IP_ENDPOINTS,
    source: GKE_1_35,
  },
  {
    field: "databaseEncryption",
    value: { currentState: "CURRENT_STATE_DECRYPTED", state: "DECRYPTED" },
    source: GKE_1_35,
  },
  { field: "defaultMaxPodsConstraint.maxPodsPerNode", value: "110", source: GKE_1_35 },
  { field: "enterpriseConfig.clusterTier", value: "STANDARD", source: GKE_1_35 },
  {
    field: "ipAllocationPolicy.networkTierConfig.networkTier",
    value: "NETWORK_TIER_DEFAULT",
    when: from("1.35"),
    source: GKE_1_35,
  },
  { field: "ipAllocationPolicy.podCidrOverprovisionConfig", value: {}, source: GKE_1_35 },
  { field: "ipAllocationPolicy.stackType", value: "IPV4", source: GKE_1_35 },
  { field: "ipAllocationPolicy.useIpAliases", value: true, source: GKE_1_35 },
  { field: "legacyAbac", value: {}, source: GKE_1_35 },
  {
    field: "loggingConfig.componentConfig.enableComponents",
    value: ["SYSTEM_COMPONENTS", "WORKLOADS"],
    source: GKE_1_35,
  },
  { field: "loggingService", value: "logging.googleapis.com/kubernetes", source: GKE_1_35 },
  { field: "masterAuth.clientCertificateConfig", value: {}, source: GKE_1_35 },
  { field: "monitoringConfig.advancedDatapathObservabilityConfig", value: {}, source: GKE_1_35 },
  {
    field: "monitoringConfig.componentConfig.enableComponents",
    value: "SYSTEM_COMPONENTS DAEMONSET DEPLOYMENT STATEFULSET JOBSET STORAGE HPA POD CADVISOR"
      .split(" ")
      .concat("KUBELET", "DCGM"),
    source: GKE_1_35,
  },
  { field: "monitoringConfig.managedPrometheusConfig.enabled", value: true, source: GKE_1_35 },
  { field: "monitoringService", value: "monitoring.googleapis.com/kubernetes", source: GKE_1_35 },
  { field: "networkConfig.defaultSnatStatus", value: {}, source: GKE_1_35 },
  { field: "networkConfig.serviceExternalIpsConfig", value: {}, source: GKE_1_35 },
  {
    field: "nodeCreationConfig.nodeCreationMode",
    value: "VIA_KUBELET",
    when: from("1.36"),
    source: GKE_1_36,
  },
  {
    field: "nodePoolAutoConfig.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled",
    value: false,
    source: GKE_1_35,
  },
  {
    field: "nodePoolDefaults.nodeConfigDefaults.loggingConfig.variantConfig.variant",
    value: "DEFAULT",
    source: GKE_1_35,
  },
  {
    field:
      "nodePoolDefaults.nodeConfigDefaults.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled",
    value: false,
    source: GKE_1_35,
  },
  { field: "notificationConfig.pubsub", value: {}, source: GKE_1_35 },
  // Unsaid in 1.33 still; 1.34 was not seen.
  {
    field: "podAutoscaling.hpaProfile",
    value: "HPA_PROFILE_UNSPECIFIED",
    when: before("1.35"),
    source: GKE_1_33,
  },
  {
    field: "podAutoscaling.hpaProfile",
    value: "PERFORMANCE",
    when: from("1.35"),
    source: GKE_1_35,
  },
  { field: "privateCluster", value: true, source: GKE_1_35 },
  {
    field: "privateClusterConfig.enablePrivateNodes",
    value: (cluster) => at(cluster, "networkConfig.defaultEnablePrivateNodes"),
    shown: "as `networkConfig.defaultEnablePrivateNodes`",
    source: GKE_1_33,
  },
  {
    field: "protectConfig",
    value: {
      workloadConfig: { auditMode: "BASIC" },
      workloadVulnerabilityMode: "WORKLOAD_VULNERABILITY_MODE_UNSPECIFIED",
    },
    source: GKE_1_35,
  },
  {
    field: "rbacBindingConfig",
    value: {
      enableInsecureBindingSystemAuthenticated: true,
      enableInsecureBindingSystemUnauthenticated: true,
    },
    source: GKE_1_35,
  },
  {
    field: "securityPostureConfig",
    value: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_MODE_UNSPECIFIED" },
    source: GKE_1_35,
  },
  { field: "userManagedKeysConfig", value: {}, source: GKE_1_35 },
  {
    field: "workloadIdentityConfig.identityNamespace",
    value: (cluster) => at(cluster, "workloadIdentityConfig.workloadPool"),
    shown: "as `workloadPool`",
    when: has("workloadIdentityConfig.workloadPool", "Workload Identity is on"),
    source: GKE_1_36,
  },
];
