import { fleetOf } from "../fleet/fleet";
import { computeClasses } from "../fleet/kinds";
import type { Resource, Stack, Value } from "../frame";

import { anyOf, isGpuFamily, isGpuMachine } from "./nodeGroup";

/**
 * A priority of a compute class: nodes that GKE creates if those of the priorities before are not
 * available.
 */
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

  /** Whether its nodes have GPUs. A priority that names node pools has no nodes of its own. */
  get hasGpus(): boolean {
    const ofFamily = isGpuMachine(this.machineType) || isGpuFamily(this.at.at("machineFamily"));
    return ofFamily || !this.at.at("gpu").absent;
  }

  /** System configuration of its nodes: its own, otherwise the default of the class. */
  get systemConfig(): Value {
    const own = this.at.at("nodeSystemConfig");
    const ofClass = this.resource.props.at("spec", "priorityDefaults", "nodeSystemConfig");
    return own.absent ? ofClass : own;
  }

  /** The switch that makes its nodes Spot. */
  get spotSwitch(): Value {
    return this.at.at("spot");
  }

  /**
   * Whether Google may take its nodes back at any time; the value that decides if not known yet.
   */
  get spot(): boolean | Value {
    return anyOf(this.spotSwitch);
  }

  /** Whether it waits for capacity and gets it for at most seven days. */
  get flexStart(): boolean | Value {
    return anyOf(this.at.at("flexStart", "enabled"));
  }
}

/** The priorities of compute classes by cluster, for clusters of this stack. */
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
