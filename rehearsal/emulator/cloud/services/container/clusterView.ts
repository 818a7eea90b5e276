import { Cloud } from "../../cloud";
import { isObject, JsonObject } from "../../json";
import { CLUSTER, Cluster, NODE_POOL } from "../../kinds";
import { baseName } from "../../names";
import { answered, CLUSTER as REORDERED } from "../../tables/filledIn/reordered";
import { compareVersions } from "../../tables/gkeVersions";
import { fleetOf } from "../gkehub/fleetBlock";
import { selfLinkOf, shownStatus } from "./common";
import { etagOf } from "./etag";
import { shownMaintenance } from "./maintenance";
import { instanceGroups, nodesOf, shownPool } from "./nodePoolView";
import { withoutZeros } from "./zeros";

/** A cluster as it is answered. @param version of the API that is asked, to which links lead */
export function shownCluster(
  cloud: Cloud,
  name: string,
  cluster: Cluster,
  version: string,
): JsonObject {
  return withoutZeros({
    ...answered(REORDERED, cluster),
    ...networkNames(cluster),
    // A region too: `gcloud container clusters get-credentials` names the context of a regional cluster by it.
    zone: cluster.location,
    maintenancePolicy: shownMaintenance(cluster),
    ...fleetOf(cloud, name, cluster),
    ...poolsOf(cloud, name, version),
    etag: etagOf(cluster),
    selfLink: selfLinkOf(name, version),
    status: shownStatus(cloud, CLUSTER, name),
  });
}

/** The network and subnet by their short names, and by their full ones further inside. */
function networkNames({ network, subnetwork, networkConfig }: Cluster): JsonObject {
  const inside = isObject(networkConfig) ? networkConfig : {};
  return {
    network: baseName(network),
    subnetwork: baseName(subnetwork),
    networkConfig: { ...inside, network, subnetwork },
  };
}

/**
 * The pools are shown in their cluster too, and what they are in fields from the time when a cluster had but one.
 * Source: the reference of `Cluster`; answers that Config Connector recorded have all of them.
 */
function poolsOf(cloud: Cloud, cluster: string, version: string): JsonObject {
  const pools = cloud.store.list(NODE_POOL, `${cluster}/nodePools/`);
  const nodePools = pools.map(({ name, body }) => shownPool(cloud, name, body, version));
  return {
    nodePools,
    nodeConfig: nodePools[0]?.config,
    instanceGroupUrls: pools.flatMap(({ name, body }) => instanceGroups(name, body.locations)),
    currentNodeCount: pools.reduce((sum, { body }) => sum + nodesOf(body), 0),
    currentNodeVersion: pools.map(({ body }) => body.version).sort(compareVersions)[0],
  };
}
