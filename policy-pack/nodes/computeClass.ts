import { fleetOf } from "../fleet/fleet";
import { computeClasses } from "../fleet/kinds";
import type { Resource, Stack, Value } from "../frame";

import { anyOf, isGpuFamily, isGpuMachine } from "./nodeGroup";

/** Nodes that GKE makes for a compute class while those before them cannot be had. */
export class ClassPriority {
  /** The ComputeClass. */
  readonly resource: Resource;
  readonly at: Value;

  constructor(resource: Resource, at: Value) {
    this.resource = resource;
    this.at = at;
  }

  get machineType(): Value {
    return this.at.at("machineType");
  }

  /** Whether its nodes have GPUs. One that names node pools has none of its own. */
  get hasGpus(): boolean {
    const ofFamily = isGpuMachine(this.machineType) || isGpuFamily(this.at.at("machineFamily"));
    return ofFamily || !this.at.at("gpu").absent;
  }

  /** How its nodes' system is set up: its own, else what the class has for all priorities. */
  get systemConfig(): Value {
    const own = this.at.at("nodeSystemConfig");
    const ofClass = this.resource.props.at("spec", "priorityDefaults", "nodeSystemConfig");
    return own.absent ? ofClass : own;
  }

  /** What makes its nodes Spot. */
  get spotSwitch(): Value {
    return this.at.at("spot");
  }

  /** Whether Google may take its nodes back at any time; a value where that is not known yet. */
  get spot(): boolean | Value {
    return anyOf(this.spotSwitch);
  }

  /** Whether it waits for capacity and has it for seven days at most. */
  get flexStart(): boolean | Value {
    return anyOf(this.at.at("flexStart", "enabled"));
  }
}

/** The priorities of a cluster's compute classes, by cluster, where this stack makes it. */
export function prioritiesByCluster(stack: Stack): ReadonlyMap<Resource, readonly ClassPriority[]> {
  const members = [...fleetOf(stack).byMember(stack.select(computeClasses))];
  return new Map(
    members.flatMap(([{ cluster }, classes]) => {
      return cluster === undefined ? [] : [[cluster, classes.flatMap(prioritiesOf)] as const];
    }),
  );
}

/** A compute class's priorities, first choice first; none for any other resource. */
export function prioritiesOf(resource: Resource): readonly ClassPriority[] {
  const items = computeClasses.matches(resource)
    ? (resource.props.at("spec", "priorities").items ?? [])
    : [];
  return items.map((at) => new ClassPriority(resource, at));
}
