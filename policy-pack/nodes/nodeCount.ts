import type { Resource, Value } from "../frame";

import type { NodeGroup } from "./nodeGroup";
import { ZONES_OF_REGION } from "./zones";

/** The largest number of nodes, and the value that sets it. */
export interface NodeCount {
  /** In all zones together; undefined where that is not known yet. */
  readonly nodes: number | undefined;
  readonly at: Value;
}

/**
 * The largest size of a group: the autoscaler's maximum, otherwise its node count. Only
 * `totalMaxNodeCount` counts for the whole group, everything else for each zone.
 */
export function mostNodes(group: NodeGroup, cluster: Resource | undefined): NodeCount {
  const { at } = group;
  const total = at.at("autoscaling", "totalMaxNodeCount");
  if (!total.absent) {
    return { nodes: countIn(total), at: total };
  }
  const counts = [at.at("autoscaling", "maxNodeCount"), at.at("nodeCount")];
  const count = counts.find(({ absent }) => !absent) ?? at.at("initialNodeCount");
  const perZone = countIn(count);
  const nodes = perZone === undefined ? undefined : perZone * zonesOf(group, cluster);
  return { nodes, at: count };
}

/** 0 if there is no number: Google then creates no node. */
function countIn(count: Value): number | undefined {
  const number = Number(count.raw ?? 0);
  return count.unknown ? undefined : Math.max(0, number || 0);
}

/** Zones of its nodes; at least one where they are not known yet. */
function zonesOf(group: NodeGroup, cluster: Resource | undefined): number {
  const isDefault = group.resource === cluster && group.at.keys.length === 0;
  const zonesIn = (of: Value | undefined) => of?.at("nodeLocations").items?.length ?? 0;
  const own = isDefault ? 0 : zonesIn(group.at);
  const location = cluster?.props.at("location") ?? group.resource.props.at("location");
  if (own > 0 || location.unknown) {
    return Math.max(own, 1);
  }
  const further = zonesIn(cluster?.props);
  // A zonal cluster's list does not contain its own zone.
  const zonal = /-[a-z]$/.test(location.text ?? "");
  return zonal ? 1 + further : further || ZONES_OF_REGION;
}
