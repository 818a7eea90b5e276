import { subnetworks } from "../fleet/cloudTypes";
import { gateways } from "../fleet/kinds";
import { groupBy, type Stack } from "../frame";

import { isCrossRegional, regionOfAddress } from "./gateway";
import { ProxySubnet } from "./proxySubnet";

/** Cross-regional proxies of the regions that a gateway has an address in. */
export function proxiesByRegion(stack: Stack): ReadonlyMap<string, readonly ProxySubnet[]> {
  const across = stack.select(gateways).filter(isCrossRegional);
  const addresses = across.flatMap(({ props }) => props.at("spec", "addresses").items ?? []);
  const regions = new Set(addresses.flatMap((address) => regionOfAddress(address) ?? []));
  const subnets = stack.select(subnetworks).map((each) => new ProxySubnet(each));
  const proxies = subnets.filter(({ isGlobal, regionName = "" }) => {
    return isGlobal && regions.has(regionName);
  });
  return groupBy(proxies, ({ regionName = "" }) => regionName);
}
