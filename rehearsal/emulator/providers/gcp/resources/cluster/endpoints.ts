import { isMap, PropertyMap, Value } from "../../../plugin";
import type { Json } from "../../engine/json";
import { at, text } from "../../engine/values";

/** How a cluster is reached, all of it, whatever the program says. Source: `expandControlPlaneEndpointsConfig`. */
export function endpointsOf(inputs: PropertyMap): Json {
  const { controlPlaneEndpointsConfig: endpoints, privateClusterConfig: own } = inputs;
  const isOn = (path: string) => at(endpoints, path) === true;
  const dnsEndpointConfig = {
    allowExternalTraffic: isOn("dnsEndpointConfig.allowExternalTraffic"),
    enableK8sTokensViaDns: isOn("dnsEndpointConfig.enableK8sTokensViaDns"),
    enableK8sCertsViaDns: isOn("dnsEndpointConfig.enableK8sCertsViaDns"),
  };
  const byAddress = at(endpoints, "ipEndpointsConfig");
  const enabled = byAddress === undefined || isOn("ipEndpointsConfig.enabled");
  if (!enabled) return { dnsEndpointConfig, ipEndpointsConfig: { enabled } };
  return {
    dnsEndpointConfig,
    ipEndpointsConfig: {
      enabled,
      enablePublicEndpoint: at(own, "enablePrivateEndpoint") !== true,
      privateEndpointSubnetwork: text(at(own, "privateEndpointSubnetwork")),
      globalAccess: at(own, "masterGlobalAccessConfig.enabled") === true,
      authorizedNetworksConfig: authorizedOf(inputs.masterAuthorizedNetworksConfig),
    },
  };
}

function authorizedOf(config: Value | undefined): Json {
  if (!isMap(config)) return {};
  const { cidrBlocks, ...switches } = config;
  const on = Object.entries(switches).filter(([, value]) => value === true);
  return {
    enabled: true,
    ...(Array.isArray(cidrBlocks) && cidrBlocks.length > 0 && { cidrBlocks }),
    ...Object.fromEntries(on),
  };
}
