import { PropertyMap } from "../../../plugin";
import { Json } from "../../engine/cloud";
import { put } from "../../engine/translate";
import { at } from "../../engine/values";

const IP_ENDPOINTS = "controlPlaneEndpointsConfig.ipEndpointsConfig";

/** Where the API has what the provider still calls `privateClusterConfig`. */
const MOVED: [here: string, there: string][] = [
  ["enablePrivateNodes", "networkConfig.defaultEnablePrivateNodes"],
  ["masterIpv4CidrBlock", "privateClusterConfig.masterIpv4CidrBlock"],
];
/** Sent only where the cluster has IP endpoints. */
const OF_IP_ENDPOINTS: [here: string, there: string][] = [
  ["privateEndpointSubnetwork", `${IP_ENDPOINTS}.privateEndpointSubnetwork`],
  ["masterGlobalAccessConfig.enabled", `${IP_ENDPOINTS}.globalAccess`],
];

export function withPrivate(body: Json, config: PropertyMap): Json {
  const off = at(body, `${IP_ENDPOINTS}.enabled`) === false;
  const isPrivate = config.enablePrivateEndpoint;
  const moved = [...MOVED, ...(off ? [] : OF_IP_ENDPOINTS)].reduce((sent, [here, there]) => {
    const value = at(config, here);
    return value === undefined ? sent : put(sent, there.split("."), value);
  }, body);
  if (off || isPrivate === undefined) return moved;
  return put(moved, `${IP_ENDPOINTS}.enablePublicEndpoint`.split("."), isPrivate !== true);
}

/** As the real provider reads it: what is not told to be public is private. */
export function privateFromApi(json: Json): PropertyMap {
  const endpoints = (at(json, IP_ENDPOINTS) ?? {}) as PropertyMap;
  const others = (json.privateClusterConfig ?? {}) as PropertyMap;
  const { privateEndpoint, publicEndpoint, privateEndpointSubnetwork } = endpoints;
  return {
    enablePrivateEndpoint: endpoints.enablePublicEndpoint !== true,
    enablePrivateNodes: at(json, "networkConfig.defaultEnablePrivateNodes") === true,
    masterGlobalAccessConfig: { enabled: endpoints.globalAccess === true },
    masterIpv4CidrBlock: others.masterIpv4CidrBlock ?? "",
    peeringName: others.peeringName ?? "",
    privateEndpoint: privateEndpoint ?? "",
    privateEndpointSubnetwork: privateEndpointSubnetwork ?? "",
    publicEndpoint: publicEndpoint ?? "",
  };
}
