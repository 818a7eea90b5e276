import { nodePools } from "../fleet/cloudTypes";
import { askedOf, type Resource, type Value } from "../frame";

import { nodeGroupsIn } from "./nodeGroup";

/** The places in a GKE cluster or node pool where the service account of its nodes is set. */
export function nodeAccountsIn(resource: Resource): readonly Value[] {
  const asked = askedOf(resource);
  if (nodePools.matches(resource)) {
    return [accountIn(asked)];
  }
  const scaling = asked.at("clusterAutoscaling");
  const provisioned = scaling.at("autoProvisioningDefaults", "serviceAccount");
  if (asked.at("enableAutopilot").raw === true) {
    return [provisioned];
  }
  const own = ownAccountsIn(resource);
  return scaling.at("enabled").raw === true ? [...own, provisioned] : own;
}

/** Accounts of the pools in a cluster's own properties, if the cluster certainly keeps them. */
function ownAccountsIn(cluster: Resource): readonly Value[] {
  const asked = askedOf(cluster);
  const [autopilot, removed] = [asked.at("enableAutopilot"), asked.at("removeDefaultNodePool")];
  if (autopilot.unknown || removed.unknown || removed.raw === true) {
    return [];
  }
  // A list of pools that is not known yet hides their accounts.
  return nodeGroupsIn(cluster).map(({ at }) => (at.unknown ? at : accountIn(at)));
}

function accountIn(pool: Value): Value {
  return pool.at("nodeConfig", "serviceAccount");
}
