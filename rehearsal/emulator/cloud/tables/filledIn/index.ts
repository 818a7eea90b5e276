import { CLUSTER } from "./cluster";
import { FIREWALL, NETWORK, ROUTER_NAT, SUBNETWORK } from "./compute";
import { FilledIn } from "./filledIn";
import { MANAGED_ZONE, MEMBERSHIP } from "./fleetAndDns";
import { ALERT_POLICY } from "./monitoring";
import { NODE_POOL } from "./nodePool";
import * as reorderedLists from "./reordered";

/** Defaults by kind of resource; kinds that are missing come back as they were made. */
export const filledIn: Record<string, readonly FilledIn[]> = {
  Network: NETWORK,
  Subnetwork: SUBNETWORK,
  "NAT of a router": ROUTER_NAT,
  Firewall: FIREWALL,
  Cluster: CLUSTER,
  NodePool: NODE_POOL,
  Membership: MEMBERSHIP,
  ManagedZone: MANAGED_ZONE,
  AlertPolicy: ALERT_POLICY,
};

export const reordered: Record<string, readonly reorderedLists.Reordered[]> = {
  Subnetwork: reorderedLists.SUBNETWORK,
  Cluster: reorderedLists.CLUSTER,
};
