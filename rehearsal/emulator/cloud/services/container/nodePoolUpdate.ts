import { ApiError } from "../../errors";
import { at, isObject, JsonObject } from "../../json";
import { NodePool } from "../../kinds";
import { Call } from "../../wire/call";
import { checkEtag } from "./etag";

/** Fields of `UpdateNodePoolRequest` that name the pool, or say how the call is made. */
const NO_CHANGE = ["name", "projectId", "zone", "clusterId", "nodePoolId", "etag"];
/** Those of the pool itself; the others are of its nodes' configuration. */
const OF_POOL: Record<string, string> = {
  locations: "locations",
  nodeVersion: "version",
  upgradeSettings: "upgradeSettings",
  nodeNetworkConfig: "networkConfig",
  nodeDrainConfig: "nodeDrainConfig",
  queuedProvisioning: "queuedProvisioning",
  maintenancePolicy: "maintenancePolicy",
};
/** Blocks around one list or map, which replaces the present one. */
const WRAPPED: Record<string, string> = {
  labels: "labels",
  taints: "taints",
  tags: "tags",
  resourceLabels: "labels",
  accelerators: "accelerators",
};
const NOT_EMULATED = ["image", "imageProject", "nodes", "nodeConfigUpdateMode"];

/**
 * What `nodePools.update` lays over a pool.
 * @throws ApiError 409 where it was made from an older state of the pool than the present, 501 for a field whose effect is not emulated
 */
export function updatedPool({ body, method }: Call, current: NodePool): JsonObject {
  checkEtag(body.etag, current);
  const pool: JsonObject = {};
  const config: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    if (NO_CHANGE.includes(name) || value === undefined) continue;
    if (NOT_EMULATED.includes(name)) {
      throw new ApiError("UNIMPLEMENTED", `${method.id}: ${name} is not emulated.`);
    }
    const inside = WRAPPED[name];
    const own = OF_POOL[name];
    if (own !== undefined) pool[own] = value;
    else if (name === "resourceManagerTags" && isObject(value)) {
      config[name] = {
        tags: replacing(at(current.config, "resourceManagerTags.tags"), value.tags),
      };
    } else if (name === "diskSizeGb") {
      // Text here, as numbers of 64 bits are, and a number in the pool.
      config[name] = Number(value);
    } else if (inside === undefined || !isObject(value)) config[name] = value;
    else config[name] = replacing(current.config[name], value[inside]);
  }
  return { ...pool, ...(Object.keys(config).length > 0 && { config }) };
}

/** A list or a map is set as a whole: an update removes what the new one lacks, and everything if there is none. */
function replacing(before: JsonObject[string], after: JsonObject[string]): JsonObject[string] {
  if (!isObject(before)) return after ?? (Array.isArray(before) ? [] : undefined);
  const gone = Object.keys(before).map((key) => [key, null] as const);
  return { ...Object.fromEntries(gone), ...(isObject(after) ? after : {}) };
}
