import { isDeepStrictEqual } from "node:util";

import { PropertyMap } from "../../../plugin";
import { Json } from "../../engine/json";
import { differs } from "../../engine/paths";
import { Change, Context } from "../../engine/resource";
import { isZero } from "../../engine/schema";
import { at, text } from "../../engine/values";
import { configUpdates } from "../nodePoolUpdates";
import { sorted } from "../nodePoolBody";
import { CONTAINER } from "./api";
import { clusterToApi } from "./body";
import { ClusterUpdate, desire, desires, LAST, Row, ROWS } from "./updateRows";
import { maintenanceToApi } from "./maintenancePolicy";
import { newVersion } from "./version";

const POLICY = "updating GKE cluster maintenance policy";
const ZONES = "updating GKE cluster node locations";

/** The calls that make a change, in the provider's order; between the two lists it waits for the cluster. */
export interface ClusterUpdates {
  first: ClusterUpdate[];
  last: ClusterUpdate[];
}

/** Source: `resourceContainerClusterUpdate` of terraform-provider-google-beta, 93c65b2d60. */
export function clusterUpdates(context: Context, id: string, change: Change): ClusterUpdates {
  const { before, after, paths } = change;
  const body = clusterToApi(after, id);
  const has = (path: string) =>
    differs(paths, path) && !isDeepStrictEqual(at(before, path), at(after, path));
  const rows = (all: Row[]) =>
    all.filter(({ on }) => on.some(has)).flatMap((row) => desires(row, body, after));
  const first = ROWS.flatMap((row) => (typeof row === "string" ? ownCalls(row) : rows([row])));
  return { first, last: rows(LAST) };

  /** What is not one field of `ClusterUpdate`. */
  function ownCalls(property: string): ClusterUpdate[] {
    if (property === "minMasterVersion") {
      const version = newVersion(before, after);
      const activity = "updating GKE master version";
      return version === undefined ? [] : [desire({ desiredMasterVersion: version }, activity)];
    }
    if (property === "resourceLabels") {
      return change.changed.includes(property) ? [labels(before, after)] : [];
    }
    if (property === "nodeConfig") {
      return configUpdates(`${id}/nodePools/default-pool`, change).map(ofPool);
    }
    if (!has(property)) return [];
    if (property === "removeDefaultNodePool") return defaultPool(after);
    if (property === "nodeLocations") return zones(before, after);
    if (property === "maintenancePolicy") return [maintenance(context, id, after)];
    if (property === "enableLegacyAbac") {
      return [post("setLegacyAbac", body.legacyAbac as Json, "updating GKE legacy ABAC")];
    }
    const { networkPolicy } = body;
    return [post("setNetworkPolicy", { networkPolicy }, "updating GKE cluster network policy")];
  }
}

function defaultPool({ removeDefaultNodePool }: PropertyMap): ClusterUpdate[] {
  if (removeDefaultNodePool !== true) return [];
  const path = "/nodePools/default-pool";
  return [{ verb: "DELETE", path, activity: "removing default node pool", mayBeGone: true }];
}

/** New zones come before others go. */
function zones(before: PropertyMap, after: PropertyMap): ClusterUpdate[] {
  const [old, wanted] = [sorted(before.nodeLocations), sorted(after.nodeLocations)];
  const both = [...new Set([...old, ...wanted])].sort();
  return [both, ...(isDeepStrictEqual(both, wanted) ? [] : [wanted])].map((desiredLocations) =>
    desire({ desiredLocations }, ZONES),
  );
}

/** A policy is set on the version that the cluster has when it is sent. */
function maintenance(
  { cloud, deadline }: Context,
  id: string,
  { maintenancePolicy }: PropertyMap,
): ClusterUpdate {
  const body = async () => {
    const now = await cloud.call("GET", `${CONTAINER}/${id}`, undefined, deadline);
    return { maintenancePolicy: maintenanceToApi(maintenancePolicy, now.maintenancePolicy) };
  };
  return post("setMaintenancePolicy", body, POLICY);
}

/** Sends the fingerprint of the state, not the cluster's present one. */
function labels(before: PropertyMap, { resourceLabels }: PropertyMap): ClusterUpdate {
  const labelFingerprint = text(before.labelFingerprint);
  const wanted = isZero(resourceLabels) ? {} : { resourceLabels };
  return post(
    "setResourceLabels",
    { ...wanted, ...(labelFingerprint && { labelFingerprint }) },
    "updating GKE resource labels",
  );
}

function post(method: string, body: ClusterUpdate["body"], activity: string): ClusterUpdate {
  return { verb: "POST", path: `:${method}`, body, activity };
}

function ofPool({ target, ...call }: ReturnType<typeof configUpdates>[number]): ClusterUpdate {
  return { ...call, path: target.includes("/nodePools/") ? "/nodePools/default-pool" : "" };
}
