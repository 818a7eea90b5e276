import { Cloud } from "../../cloud";
import { JsonObject } from "../../json";
import { NODE_POOL } from "../../kinds";
import { containerWording } from "./common";
import { changedNodePool } from "./nodePools";

/**
 * Gives the node pools of a cluster its new zones: "changing cluster locations will update the
 * locations of all node pools and will result in nodes being added and/or removed", so a pool that
 * has zones of its own loses them.
 * Source: the container API's reference of `ClusterUpdate.desiredLocations`, 2026-11.
 * @throws ApiError where a pool cannot be in one of the zones; that all of the change is refused
 * then, before it begins, is a choice
 */
export function moveNodePools(
  cloud: Cloud,
  cluster: string,
  before: string[],
  locations: string[],
): void {
  if (sorted(before) === sorted(locations)) return;
  const { store } = cloud;
  const moved = store.list(NODE_POOL, `${cluster}/`).map(({ name, body }) => ({
    name,
    body: changedNodePool(cloud, name, { locations }, body),
  }));
  for (const { name, body } of moved) store.put(NODE_POOL, name, body);
}

/**
 * Changes one node pool by way of its cluster.
 * @param fields `id` of the pool, and what is laid over it @throws ApiError
 */
export function changePool(cloud: Cloud, cluster: string, { id, ...fields }: JsonObject): void {
  const name = `${cluster}/nodePools/${String(id)}`;
  const pool = cloud.store.get(NODE_POOL, name);
  if (!pool) throw containerWording.notFound(name);
  cloud.store.put(NODE_POOL, name, changedNodePool(cloud, name, fields, pool.body));
}

function sorted(zones: string[]): string {
  return [...zones].sort().join();
}
