import { clusters } from "../fleet/cloudTypes";
import type { Fleet } from "../fleet/fleet";
import type { Resource, Value } from "../frame";

import { type NodeGroup, nodeGroupsOf } from "./nodeGroup";

/** Number of zones in which GKE puts the nodes of a regional cluster that names none. */
export const ZONES_OF_REGION = 3;

const ZONE = /-[a-z]$/;

/** Number of zones in which a cluster has nodes. */
export interface Zones {
  /** A lower bound if something is not known yet. */
  readonly count: number;
  /** Values that are not known yet, with their resource. */
  readonly open: readonly { readonly resource: Resource; readonly value: Value }[];
}

/** The zones of a GKE cluster's nodes, counted over its node pools. */
export function zonesOf(cluster: Resource, fleet: Fleet): Zones {
  const groups = nodeGroupsOf(cluster, fleet);
  const own = groups.filter((group) => !inherits(group));
  const lists = own.map(({ resource, at }) => ({ resource, value: at.at("nodeLocations") }));
  const named = new Set(lists.flatMap(({ value }) => namesIn(value)));
  const open = lists.filter(({ value }) => value.unknown);
  if (own.length > 0 && own.length === groups.length) {
    return { count: Math.max(1, named.size), open };
  }
  const usual = usualZones(cluster);
  const count = usual.names === undefined ? ZONES_OF_REGION : usual.names.length;
  const all = new Set([...named, ...(usual.names ?? [])]);
  const pending = usual.open.map((value) => ({ resource: cluster, value }));
  return { count: Math.max(1, count, all.size), open: [...open, ...pending] };
}

/** Whether a group's nodes are in the cluster's own zones. */
function inherits({ resource, at }: NodeGroup): boolean {
  const list = at.at("nodeLocations");
  const isCluster = clusters.matches(resource) && at.keys.length === 0;
  return isCluster || (!list.unknown && (list.items ?? []).length === 0);
}

/** Zones of nodes whose pool names none; undefined if GKE chooses them in a region. */
function usualZones(cluster: Resource): {
  readonly names: readonly string[] | undefined;
  readonly open: readonly Value[];
} {
  const given = cluster.props.at("nodeLocations");
  const provider = cluster.provider?.props;
  const places = [cluster.props.at("location"), provider?.at("region"), provider?.at("zone")];
  const location = places.find((place) => place !== undefined && !place.absent);
  const open = [given, location].filter((value) => value?.unknown === true);
  const more = namesIn(given);
  if (location?.text !== undefined && !ZONE.test(location.text) && more.length === 0) {
    return { names: given.unknown ? [] : undefined, open: open.flatMap((value) => value ?? []) };
  }
  // A zonal cluster's list does not contain its own zone.
  const zone = [location?.text ?? ""].filter((text) => ZONE.test(text));
  return { names: [...zone, ...more], open: open.flatMap((value) => value ?? []) };
}

function namesIn(list: Value): readonly string[] {
  return (list.items ?? []).flatMap((item) => item.text ?? []);
}
