import { Cloud } from "../../cloud";
import { JsonObject, without } from "../../json";
import { NODE_POOL, NodePool } from "../../kinds";
import { projectOf } from "../../names";
import { selfLink } from "../compute/common";
import { groupName } from "../compute/instanceGroups";
import { selfLinkOf, shownStatus } from "./common";
import { etagOf } from "./etag";
import { withoutZeros } from "./zeros";

/** Where its nodes are now: the real API tells that of the instance groups alone. */
const OWN_FIELDS = ["currentLocations", "currentNodeCount"] as const;

/** A pool as it is answered. @param version of the API that is asked, to which links lead */
export function shownPool(cloud: Cloud, name: string, pool: NodePool, version: string): JsonObject {
  return withoutZeros({
    ...without(pool, OWN_FIELDS),
    etag: etagOf(pool),
    selfLink: selfLinkOf(name, version),
    status: shownStatus(cloud, NODE_POOL, name),
    instanceGroupUrls: instanceGroups(name, pool.locations),
  });
}

/** How many nodes a pool has in all of its zones. */
export function nodesOf({ currentLocations, currentNodeCount }: NodePool): number {
  return currentLocations.length * currentNodeCount;
}

/** Links to the groups' managers, which is what the field has in spite of its name. */
export function instanceGroups(name: string, zones: string[]): string[] {
  const project = projectOf(name);
  const group = `instanceGroupManagers/${groupName(name)}`;
  return zones.map((zone) => selfLink(`projects/${project}/zones/${zone}/${group}`));
}
