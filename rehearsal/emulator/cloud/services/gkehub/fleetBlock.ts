import { Cloud } from "../../cloud";
import { at, JsonObject } from "../../json";
import { CLUSTER, Cluster, MEMBERSHIP } from "../../kinds";
import { projectOf, regionOf } from "../../names";

const HUB = "//gkehub.googleapis.com/";

/**
 * A cluster's own `fleet` block registers it under its name in its region, unless another membership
 * has registered it before. Removing the block deletes the membership that it registered.
 * Source: hashicorp/terraform-provider-google#16795.
 */
export function registerByFleetBlock(cloud: Cloud, name: string, cluster: Cluster): void {
  const { store } = cloud;
  const project = at(cluster, "fleet.project");
  if (typeof project !== "string") {
    unregisterByFleetBlock(cloud, name);
    return;
  }
  const existing = store.list(MEMBERSHIP).find(({ body }) => body.cluster === name);
  const location = regionOf(cluster.location);
  const membership =
    existing?.name ?? `projects/${project}/locations/${location}/memberships/${cluster.name}`;
  if (!existing) store.put(MEMBERSHIP, membership, { cluster: name, madeByCluster: true });
  const preRegistered = existing !== undefined && existing.body.madeByCluster !== true;
  const fleet = { project, membership: HUB + membership, preRegistered };
  store.put(CLUSTER, name, { ...cluster, fleet });
}

/** The `fleet` block that a cluster shows for a membership that it has not registered itself. */
export function fleetOf({ store }: Cloud, name: string, { fleet }: JsonObject): JsonObject {
  if (fleet !== undefined) return {};
  const membership = store.list(MEMBERSHIP).find(({ body }) => body.cluster === name);
  if (!membership) return {};
  const project = projectOf(membership.name);
  return { fleet: { project, membership: HUB + membership.name, preRegistered: true } };
}

/** The membership of the block is deleted with the cluster. */
export function unregisterByFleetBlock({ store }: Cloud, cluster: string): void {
  for (const { type, name, body } of store.list(MEMBERSHIP)) {
    if (body.cluster === cluster && body.madeByCluster === true) store.delete(type, name);
  }
}
