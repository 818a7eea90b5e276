import { isMap, PropertyMap } from "../../../plugin";
import { Json } from "../../engine/cloud";
import { lastSegment } from "../../engine/names";
import { fromApi, Move, toApi } from "../../engine/translate";
import { at, omit, text } from "../../engine/values";
import { nodeConfigFromApi, nodeConfigToApi } from "../nodeConfig";
import { maintenanceFromApi, maintenanceToApi } from "./maintenancePolicy";

/** Where Google's container API has what the provider calls otherwise. */
const moves: Move[] = [
  { here: "enableShieldedNodes", there: "shieldedNodes.enabled" },
  { here: "nodeLocations", there: "locations" },
  { here: "datapathProvider", there: "networkConfig.datapathProvider" },
  { here: "gatewayApiConfig", there: "networkConfig.gatewayApiConfig" },
  { here: "dnsConfig", there: "networkConfig.dnsConfig" },
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

/** Read only: what a program asks for is `minMasterVersion`. */
const MASTER_VERSION: Move = { here: "masterVersion", there: "currentMasterVersion" };

export function clusterToApi(inputs: PropertyMap): Json {
  const { nodeConfig, maintenancePolicy, ...others } = inputs;
  const sent = omit(others, "location", "project", "nodePools");
  const withConfig = nodeConfig === undefined ? {} : { nodeConfig: nodeConfigToApi(nodeConfig) };
  const maintenance = maintenanceToApi(maintenancePolicy);
  const withMaintenance = maintenance === undefined ? {} : { maintenancePolicy: maintenance };
  return { ...toApi(sent, moves), ...withConfig, ...withMaintenance };
}

export function clusterFromApi(json: Json, id: string, known: PropertyMap): PropertyMap {
  const { nodeConfig, networkConfig, fleet, maintenancePolicy, ...others } = omit(
    json,
    "nodePools",
  );
  const properties = fromApi({ ...others, networkConfig }, [...moves, MASTER_VERSION]);
  const config = nodeConfigFromApi(nodeConfig, known.nodeConfig);
  const maintenance = maintenanceFromApi(maintenancePolicy);
  return {
    ...properties,
    project: id.split("/")[1] ?? "",
    network: text(at(networkConfig, "network")),
    subnetwork: text(at(networkConfig, "subnetwork")),
    networkingMode: "VPC_NATIVE",
    ...(config && { nodeConfig: config }),
    ...(maintenance && { maintenancePolicy: maintenance }),
    ...(isMap(fleet as PropertyMap) && { fleet: fleetFromApi(fleet as PropertyMap) }),
  };
}

/** `membership`: `//gkehub.googleapis.com/projects/p/locations/l/memberships/m` */
function fleetFromApi(fleet: PropertyMap): PropertyMap {
  const membership = text(fleet.membership);
  const [, membershipLocation = ""] = /\/locations\/([^/]+)\//.exec(membership) ?? [];
  return { ...fleet, membershipId: lastSegment(membership), membershipLocation };
}
