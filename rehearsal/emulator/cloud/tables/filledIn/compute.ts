import { is } from "./conditions";
import { FilledIn } from "./filledIn";
import {
  FIREWALL as FIREWALL_RECORDED,
  NETWORK as NETWORK_RECORDED,
  NETWORK_MTU,
  ROUTER_NAT as ROUTER_NAT_RECORDED,
  SUBNETWORK as SUBNETWORK_RECORDED,
} from "./sources";

/** What Compute Engine fills into a VPC. */
export const NETWORK: readonly FilledIn[] = [
  { field: "mtu", value: 1460, source: NETWORK_MTU },
  {
    field: "networkFirewallPolicyEnforcementOrder",
    value: "AFTER_CLASSIC_FIREWALL",
    source: NETWORK_RECORDED,
  },
  { field: "routingConfig.bgpBestPathSelectionMode", value: "LEGACY", source: NETWORK_RECORDED },
  { field: "routingConfig.routingMode", value: "REGIONAL", source: NETWORK_RECORDED },
];

export const SUBNETWORK: readonly FilledIn[] = [
  { field: "allowSubnetCidrRoutesOverlap", value: false, source: SUBNETWORK_RECORDED },
  { field: "enableFlowLogs", value: false, source: SUBNETWORK_RECORDED },
  { field: "privateIpGoogleAccess", value: false, source: SUBNETWORK_RECORDED },
  {
    field: "privateIpv6GoogleAccess",
    value: "DISABLE_GOOGLE_ACCESS",
    source: SUBNETWORK_RECORDED,
  },
  { field: "purpose", value: "PRIVATE", source: SUBNETWORK_RECORDED },
  {
    field: "logConfig.enable",
    value: false,
    when: is("purpose", "PRIVATE", "a subnet for machines"),
    source: SUBNETWORK_RECORDED,
  },
  { field: "stackType", value: "IPV4_ONLY", source: SUBNETWORK_RECORDED },
];

export const FIREWALL: readonly FilledIn[] = [
  { field: "direction", value: "INGRESS", source: FIREWALL_RECORDED },
  { field: "disabled", value: false, source: FIREWALL_RECORDED },
  { field: "logConfig.enable", value: false, source: FIREWALL_RECORDED },
  { field: "priority", value: 1000, source: FIREWALL_RECORDED },
];

/** What it fills into an entry of a router's `nats`. */
export const ROUTER_NAT: readonly FilledIn[] = [
  { field: "type", value: "PUBLIC", source: ROUTER_NAT_RECORDED },
  {
    field: "autoNetworkTier",
    value: "PREMIUM",
    when: is("type", "PUBLIC", "a public NAT"),
    source: ROUTER_NAT_RECORDED,
  },
  { field: "effectiveTcpTimeWaitTimeoutSec", value: 120, source: ROUTER_NAT_RECORDED },
  { field: "endpointTypes", value: ["ENDPOINT_TYPE_VM"], source: ROUTER_NAT_RECORDED },
];
