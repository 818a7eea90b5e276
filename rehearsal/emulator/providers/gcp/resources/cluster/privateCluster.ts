import { PropertyMap } from "../../../plugin";
import { Json } from "../../engine/json";
import { at } from "../../engine/values";

const IP_ENDPOINTS = "controlPlaneEndpointsConfig.ipEndpointsConfig";

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
