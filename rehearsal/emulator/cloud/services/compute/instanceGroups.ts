import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { numericIdOf } from "../../numericIds";
import { JsonObject } from "../../json";
import { NODE_POOL, NodePool } from "../../kinds";
import { baseName, projectOf } from "../../names";
import { Stored } from "../../store";
import { Call } from "../../wire/call";
import { selfLink } from "./common";
import { listed } from "./lists";

/**
 * The groups of machines that node pools have, one in each zone: who wants to know how many nodes a pool has asks for
 * them (`refreshIfNeeded` in resource_container_node_pool.go of terraform-provider-google-beta, 93c65b2d60).
 */
export function instanceGroupMethods({ store }: Cloud): ServiceMethod[] {
  return [
    {
      id: "compute.instanceGroupManagers.list",
      handle: (call) => {
        const project = projectOf(call.name);
        const pools = store.list(NODE_POOL, `projects/${project}/`);
        const zone = call.params.zone ?? "";
        const here = pools.filter(({ body }) => body.locations.includes(zone));
        return listed(
          call,
          here.map((pool) => group(call, pool, zone)),
        );
      },
    },
  ];
}

/** Name of the group of a node pool's machines, without its place. */
export function groupName(pool: string): string {
  const [, , , , , cluster = ""] = pool.split("/");
  return `gke-${cluster}-${baseName(pool)}-grp`;
}

function group(
  { name: collection }: Call,
  { name, body }: Stored<NodePool>,
  zone: string,
): JsonObject {
  const path = `${collection}/${groupName(name)}`;
  return {
    id: numericIdOf(path),
    name: groupName(name),
    zone: selfLink(collection.replace("/instanceGroupManagers", "")),
    baseInstanceName: groupName(name).replace(/-grp$/, ""),
    instanceGroup: selfLink(path.replace("/instanceGroupManagers/", "/instanceGroups/")),
    targetSize: sizeIn(body, zone),
    selfLink: selfLink(path),
  };
}

function sizeIn({ currentLocations, currentNodeCount }: NodePool, zone: string): number {
  return currentLocations.includes(zone) ? currentNodeCount : 0;
}
