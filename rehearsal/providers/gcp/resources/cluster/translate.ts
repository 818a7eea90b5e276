import { isMap, PropertyMap } from "../../../plugin";
import { Json } from "../../engine/cloud";
import { lastSegment } from "../../engine/names";
import { fromApi, Move, toApi } from "../../engine/translate";
import { at, omit, text } from "../../engine/values";
import { nodeConfigFromApi, nodeConfigToApi } from "../nodeConfig";
import { maintenanceFromApi, maintenanceToApi } from "./maintenancePolicy";
import { privateFromApi, withPrivate } from "./privateCluster";

/** Where Google's container API has what the provider calls otherwise. */
const moves: Move[] = [
  { here: "enableShieldedNodes", there: "shieldedNodes.enabled" },
  { here: "nodeLocations", there: "locations" },
  { here: "datapathProvider", there: "networkConfig.datapathProvider" },
  { here: "gatewayApiConfig", there: "networkConfig.gatewayApiConfig" },
  { here: "dnsConfig", there: "networkConfig.dnsConfig" },
  { here: "defaultSnatStatus", there: "networkConfig.defaultSnatStatus" },
  { here: "serviceExternalIpsConfig", there: "networkConfig.serviceExternalIpsConfig" },
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

/** What is in the path, in a call of its own, or said by another field. */
const NOT_SENT = ["location", "project", "nodePools", "networkingMode", "minMasterVersion"];

export function clusterToApi(inputs: PropertyMap): Json {
  const { nodeConfig, maintenancePolicy, privateClusterConfig, ...others } = inputs;
  const sent = omit(others, ...NOT_SENT);
  const withConfig = nodeConfig === undefined ? {} : { nodeConfig: nodeConfigToApi(nodeConfig) };
  const maintenance = maintenanceToApi(maintenancePolicy);
  const withMaintenance = maintenance === undefined ? {} : { maintenancePolicy: maintenance };
  const { ipAllocationPolicy } = sent;
  // Where a cluster has ranges of its VPC at all, it says so once more.
  const ofVpc = isMap(ipAllocationPolicy) && {
    ipAllocationPolicy: { ...ipAllocationPolicy, useIpAliases: true },
  };
  const body = { ...toApi(sent, moves), ...ofVpc, ...withConfig, ...withMaintenance };
  return isMap(privateClusterConfig) ? withPrivate(body, privateClusterConfig) : body;
}

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
    ...(json.networkPolicy === undefined && {
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
