import { isMap, PropertyMap } from "../../../plugin";
import type { Json } from "../../engine/json";
import { at } from "../../engine/values";

/** One call that changes a cluster. */
export interface ClusterUpdate {
  verb: "POST" | "PUT" | "DELETE";
  /** Behind the cluster's own path. */
  path?: string;
  /** Some is only known when it is sent. */
  body?: Json | (() => Promise<Json>);
  /** What is waited for, in messages. */
  activity: string;
  /** Whether its subject may be deleted already. */
  mayBeGone?: boolean;
}

/** What a change of some properties sends as one field of `ClusterUpdate`. */
export interface Row {
  /** Where one of these differs. */
  on: string[];
  field: string;
  /** Where the cluster's own body has the value. */
  from: string;
  activity: string;
  /** The value is a switch, which this wraps: `{ enabled }`. */
  wrapped?: string;
  /** A switch that is sent on or off; other switches are left out if they are off. */
  isTold?: boolean;
}

const row = (on: string, from: string, activity: string, more: Partial<Row> = {}): Row => ({
  on: [on],
  field: `desired${upperFirst(last(from))}`,
  from,
  activity: `updating ${activity}`,
  ...more,
});
const ofNetwork = (on: string, key: string, activity: string, more: Partial<Row> = {}): Row =>
  row(on, `networkConfig.${key}`, activity, more);
const block = (on: string, activity = `GKE cluster ${on}`) => row(on, on, activity);

/**
 * In the provider's order; names stand for properties with calls of their own. Source: the file of the same name's
 * `resourceContainerClusterUpdate` in terraform-provider-google-beta, 93c65b2d60.
 */
export const ROWS: (Row | string)[] = [
  {
    on: [
      "controlPlaneEndpointsConfig",
      "masterAuthorizedNetworksConfig",
      "privateClusterConfig.enablePrivateEndpoint",
      "privateClusterConfig.masterGlobalAccessConfig",
    ],
    field: "desiredControlPlaneEndpointsConfig",
    from: "controlPlaneEndpointsConfig",
    activity: "updating GKE control plane endpoints config",
  },
  ofNetwork(
    "privateClusterConfig.enablePrivateNodes",
    "defaultEnablePrivateNodes",
    "default enable private nodes",
    { isTold: true },
  ),
  row("ipAllocationPolicy.stackType", "ipAllocationPolicy.stackType", "GKE cluster stack type"),
  block("addonsConfig", "GKE cluster addons"),
  row("clusterAutoscaling", "autoscaling", "GKE cluster autoscaling", {
    field: "desiredClusterAutoscaling",
  }),
  ofNetwork("dnsConfig", "dnsConfig", "GKE cluster DNSConfig"),
  block("binaryAuthorization", "GKE binary authorization"),
  row("enableShieldedNodes", "shieldedNodes", "GKE shielded nodes"),
  block("releaseChannel", "Release Channel"),
  { ...block("gkeAutoUpgradeConfig", "GKE Auto Upgrade Config"), field: "gkeAutoUpgradeConfig" },
  ofNetwork("enableIntranodeVisibility", "enableIntraNodeVisibility", "GKE Intra Node Visibility", {
    field: "desiredIntraNodeVisibilityConfig",
    wrapped: "enabled",
    isTold: true,
  }),
  ofNetwork("privateIpv6GoogleAccess", "privateIpv6GoogleAccess", "GKE Private IPv6 Google Access"),
  ofNetwork("enableL4IlbSubsetting", "enableL4ilbSubsetting", "L4", {
    field: "desiredL4ilbSubsettingConfig",
    wrapped: "enabled",
    isTold: true,
  }),
  ...[
    "disableL4LbFirewallReconciliation",
    "inTransitEncryptionConfig",
    "enableMultiNetworking",
  ].map((key) => ofNetwork(key, key, `GKE cluster ${key}`, { isTold: true })),
  ofNetwork("enableFqdnNetworkPolicy", "enableFqdnNetworkPolicy", "fqdn network policy"),
  ofNetwork(
    "enableCiliumClusterwideNetworkPolicy",
    "enableCiliumClusterwideNetworkPolicy",
    "cilium clusterwide network policy",
    { isTold: true },
  ),
  block("costManagementConfig", "cost management config"),
  block("authenticatorGroupsConfig"),
  ofNetwork("defaultSnatStatus", "defaultSnatStatus", "GKE Default SNAT status"),
  "nodeLocations",
  "enableLegacyAbac",
  block("desiredEmulatedVersion"),
  {
    ...row("monitoringService", "monitoringService", "GKE logging+monitoring service"),
    on: ["monitoringService", "loggingService"],
  },
  "networkPolicy",
  "minMasterVersion",
  "maintenancePolicy",
  "nodeConfig",
  block("notificationConfig"),
  block("verticalPodAutoscaling"),
  ofNetwork("serviceExternalIpsConfig", "serviceExternalIpsConfig", "GKE service externalips"),
  block("meshCertificates"),
  block("databaseEncryption"),
  block("podSecurityPolicyConfig"),
  block("podAutoscaling", "Horizontal pod Autoscaling profile"),
  block("secretManagerConfig", "secret manager csi driver config"),
  block("secretSyncConfig", "GKE secret sync add-on"),
  block("workloadIdentityConfig", "GKE cluster workload identity config"),
  block("identityServiceConfig"),
  block("loggingConfig", "GKE cluster logging config"),
  block("monitoringConfig", "GKE cluster monitoring config"),
  block("managedMachineLearningDiagnosticsConfig"),
  block("managedOpentelemetryConfig"),
  "resourceLabels",
  "removeDefaultNodePool",
  block("resourceUsageExportConfig"),
  ofNetwork("networkPerformanceConfig", "networkPerformanceConfig", "GKE network performance"),
  ofNetwork("gatewayApiConfig", "gatewayApiConfig", "GKE Gateway API"),
  block("fleet", "GKE cluster fleet config"),
  row("enableK8sBetaApis", "enableK8sBetaApis", "GKE K8s beta APIs", {
    field: "desiredK8sBetaApis",
  }),
  ...[
    "nodePoolDefaults",
    "securityPostureConfig",
    "nodePoolAutoConfig",
    "enterpriseConfig",
    "anonymousAuthenticationConfig",
    "nodeCreationConfig",
    "rbacBindingConfig",
    "autopilotClusterPolicyConfig",
    "clusterTelemetry",
  ].map((key) => block(key)),
];

/** What is sent when the cluster has come to rest after all others. */
export const LAST: Row[] = ["protectConfig", "workloadAltsConfig", "userManagedKeysConfig"].map(
  (key) => block(key),
);

/** @param body of a new cluster, from which a change takes its part @param after what the program asks for */
export function desires(
  { field, from, ...row }: Row,
  body: Json,
  after: PropertyMap,
): ClusterUpdate[] {
  if (field === "desiredMonitoringService") {
    const { monitoringService, loggingService } = body;
    const both = {
      desiredMonitoringService: monitoringService,
      desiredLoggingService: loggingService,
    };
    return [desire(both, row.activity)];
  }
  const found = field === "desiredEmulatedVersion" ? after.desiredEmulatedVersion : at(body, from);
  const value = removed(field, after, row.isTold ? (found ?? false) : found);
  return [desire({ [field]: row.wrapped ? { [row.wrapped]: value } : value }, row.activity)];
}

/** What is sent for some removed blocks; nothing is sent for the others. */
function removed(field: string, after: PropertyMap, value: unknown): unknown {
  if (field === "desiredWorkloadIdentityConfig" && !isMap(after.workloadIdentityConfig)) {
    return { workloadPool: "" };
  }
  if (["desiredSecretSyncConfig", "desiredFleet"].includes(field)) return value ?? {};
  return value;
}

export function desire(update: Json, activity: string): ClusterUpdate {
  return { verb: "PUT", body: { update }, activity };
}

function last(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
