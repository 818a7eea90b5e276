import { clusters } from "../fleet/cloudTypes";
import type { Fleet } from "../fleet/fleet";
import { advice, type Finding, on, pending, type Resource, Value } from "../frame";

import { STANDARD_MACHINE } from "./machine";
import { mostNodes } from "./nodeCount";
import type { NodeGroup } from "./nodeGroup";
import { CONTROL_PLANE, type MachinePrice } from "./prices";

/** What machines cost, by type. */
export type Prices = Readonly<Record<string, MachinePrice>>;

/** What something costs at its largest. */
export interface Cost {
  readonly resource: Resource;
  /** The value that decides the cost. */
  readonly at: Value;
  readonly what: string;
  /** In an hour. */
  readonly usd: number;
}

export function controlPlaneCost(cluster: Resource): Cost {
  const what = `control plane of ${cluster.name}`;
  return { resource: cluster, at: cluster.props.at("location"), what, usd: CONTROL_PLANE };
}

/** What a group's nodes cost; a finding where that is not known. */
export function nodeGroupCost(group: NodeGroup, fleet: Fleet, prices: Prices): Cost | Finding {
  const { resource, machineType } = group;
  const cluster = clusters.matches(resource) ? resource : fleet.clusterAt(resource, "cluster");
  const { nodes, at } = mostNodes(group, cluster);
  if (nodes === 0) {
    return { resource, at, what: group.name, usd: 0 };
  }
  const hidden = [at, machineType, group.spot].find((v) => v instanceof Value && v.unknown);
  if (nodes === undefined || hidden instanceof Value) {
    return on(resource, pending(hidden instanceof Value ? hidden : at));
  }
  const type = machineType.text ?? STANDARD_MACHINE;
  const price = Object.hasOwn(prices, type) ? prices[type] : undefined;
  if (price === undefined) {
    const given = machineType.absent ? `is not set, so GKE takes ${type}, which` : type;
    const problem = `${given} has no price here, so ${nodes} nodes are not in the sum`;
    const example = `{"${type}": {"onDemand": 1.5, "spot": 0.5}}`;
    return on(resource, advice(machineType, problem, `give it in setting prices: ${example}`));
  }
  const spot = group.spot === true;
  const what = `${group.name} ${nodes} x ${type}${spot ? " spot" : ""}`;
  return { resource, at, what, usd: nodes * (spot ? price.spot : price.onDemand) };
}
