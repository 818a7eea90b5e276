import { isMap, PropertyMap, Value } from "../../../plugin";
import { Json } from "../../engine/json";
import { lastSegment } from "../../engine/names";
import { isZero } from "../../engine/schema";
import { fromApi, Move } from "../../engine/translate";
import { at, omit, text } from "../../engine/values";
import { nodeConfigFromApi } from "../nodeConfig";
import { maintenanceFromApi } from "./maintenancePolicy";
import { privateFromApi } from "./privateCluster";

/** What the API has of the network, under the same name. */
const OF_NETWORK = [
  "disableL4LbFirewallReconciliation",
  "enableCiliumClusterwideNetworkPolicy",
  "enableFqdnNetworkPolicy",
  "enableMultiNetworking",
  "inTransitEncryptionConfig",
  "networkPerformanceConfig",
  "privateIpv6GoogleAccess",
];

/** Where Google's container API has what the provider calls otherwise. */
export const moves: Move[] = [
  { here: "enableShieldedNodes", there: "shieldedNodes.enabled" },
  { here: "nodeLocations", there: "locations" },
  { here: "datapathProvider", there: "networkConfig.datapathProvider" },
  { here: "gatewayApiConfig", there: "networkConfig.gatewayApiConfig" },
  { here: "dnsConfig", there: "networkConfig.dnsConfig" },
  { here: "defaultSnatStatus", there: "networkConfig.defaultSnatStatus" },
  { here: "serviceExternalIpsConfig", there: "networkConfig.serviceExternalIpsConfig" },
  { here: "enableIntranodeVisibility", there: "networkConfig.enableIntraNodeVisibility" },
  { here: "enableL4IlbSubsetting", there: "networkConfig.enableL4ilbSubsetting" },
  ...OF_NETWORK.map((key) => ({ here: key, there: `networkConfig.${key}` })),
  {
    here: "masterAuthorizedNetworksConfig",
    there: "controlPlaneEndpointsConfig.ipEndpointsConfig.authorizedNetworksConfig",
  },
  { here: "enableAutopilot", there: "autopilot.enabled" },
  { here: "enableLegacyAbac", there: "legacyAbac.enabled" },
  { here: "defaultMaxPodsPerNode", there: "defaultMaxPodsConstraint.maxPodsPerNode" },
  {
    here: "monitoringConfig.enableComponents",
    there: "monitoringConfig.componentConfig.enableComponents",
  },
  { here: "monitoringConfig.managedPrometheus", there: "monitoringConfig.managedPrometheusConfig" },
  {
    here: "loggingConfig.enableComponents",
    there: "loggingConfig.componentConfig.enableComponents",
  },
];

/** Read only. What a program asks for is `minMasterVersion`. */
const readOnly: Move[] = [
  { here: "masterVersion", there: "currentMasterVersion" },
  { here: "clusterAutoscaling", there: "autoscaling" },
];

export function clusterFromApi(json: Json, id: string, known: PropertyMap): PropertyMap {
  const { nodeConfig, networkConfig, fleet, maintenancePolicy, ...others } = omit(
    json,
    "nodePools",
  );
  const properties = fromApi({ ...others, networkConfig }, [...moves, ...readOnly]);
  const config = nodeConfigFromApi(nodeConfig, known.nodeConfig);
  const maintenance = maintenanceFromApi(maintenancePolicy);
  return {
    ...properties,
    project: id.split("/")[1] ?? "",
    network: text(at(networkConfig, "network")),
    subnetwork: text(at(networkConfig, "subnetwork")),
    networkingMode: "VPC_NATIVE",
    ...offWhereNotTold(json),
    privateClusterConfig: privateFromApi(json),
    ...(config && { nodeConfig: config }),
    ...(maintenance && { maintenancePolicy: maintenance }),
    ...(isMap(fleet as PropertyMap) && { fleet: fleetFromApi(fleet as PropertyMap) }),
  };
}

/** What the provider tells to be off where the cluster tells nothing. */
function offWhereNotTold(json: Json): PropertyMap {
  const off = { enabled: false };
  return {
    ...(isZero(json.networkPolicy as Value | undefined) && {
      networkPolicy: { ...off, provider: "PROVIDER_UNSPECIFIED" },
    }),
    ...(json.podSecurityPolicyConfig === undefined && { podSecurityPolicyConfig: off }),
    ...(json.secretManagerConfig === undefined && { secretManagerConfig: off }),
    ...(json.secretSyncConfig === undefined && { secretSyncConfig: off }),
  };
}

/** `membership`: `//gkehub.googleapis.com/projects/p/locations/l/memberships/m` */
function fleetFromApi(fleet: PropertyMap): PropertyMap {
  const membership = text(fleet.membership);
  const [, membershipLocation = ""] = /\/locations\/([^/]+)\//.exec(membership) ?? [];
  return { ...fleet, membershipId: lastSegment(membership), membershipLocation };
}
