import type { Resource, Value } from "../frame";

/** Address type that asks for an address in a region, without the region at its end. */
export const REGIONAL_ADDRESS = "networking.gke.io/ephemeral-ipv4-address/";

/** Classes of gateways with an address, and so a proxy, in each of several regions. */
const CROSS_REGIONAL = [
  "gke-l7-cross-regional-internal-managed",
  "gke-l7-cross-regional-internal-managed-mc",
];

/** Whether a gateway has an address in each of several regions; true if its class is not known. */
export function isCrossRegional(gateway: Resource): boolean {
  const gatewayClass = gateway.props.at("spec", "gatewayClassName");
  return !gatewayClass.present || CROSS_REGIONAL.includes(gatewayClass.text ?? "");
}

/**
 * The region that an entry of a Gateway's `spec.addresses` asks for an address in: named by its
 * type, or by its value where that is a reserved address (`regions/<region>/addresses/<name>`).
 */
export function regionOfAddress(address: Value): string | undefined {
  const type = address.at("type").text ?? "";
  const value = address.at("value").text ?? "";
  const region = type.startsWith(REGIONAL_ADDRESS)
    ? type.slice(REGIONAL_ADDRESS.length)
    : /(?:^|\/)regions\/([^/]+)\/addresses\//.exec(value)?.[1];
  return region === "" ? undefined : region;
}
