import { clusters, nodePools } from "../fleet/cloudTypes";
import type { Fleet } from "../fleet/fleet";
import { askedOf, type Resource, type Value } from "../frame";

/** Machine families that come with GPUs; others have those of `guestAccelerators`. */
const GPU_FAMILIES = ["a2", "a3", "a4", "a4x", "g2", "g4"];

/** Nodes of one shape: a node pool, wherever the program writes it. */
export class NodeGroup {
  /** The NodePool, or the cluster that has the pool in its own properties. */
  readonly resource: Resource;
  /** The object with its size, zones and autoscaling. */
  readonly at: Value;

  constructor(resource: Resource, at: Value) {
    this.resource = resource;
    this.at = at;
  }

  /** Its name in messages. */
  get name(): string {
    return `${this.resource.name} ${this.at.path}`.trim();
  }

  get config(): Value {
    return this.at.at("nodeConfig");
  }

  get machineType(): Value {
    return this.config.at("machineType");
  }

  /** Whether its nodes have GPUs; true if its accelerators are not known yet. */
  get hasGpus(): boolean {
    const accelerators = this.config.at("guestAccelerators");
    const some = accelerators.unknown || (accelerators.items ?? []).length > 0;
    return some || isGpuMachine(this.machineType);
  }

  /** The switch that makes its nodes Spot. */
  get spotSwitch(): Value {
    return this.config.at("spot");
  }

  /**
   * Whether Google may take its nodes back at any time; the value that decides if not known yet.
   */
  get spot(): boolean | Value {
    return anyOf(this.spotSwitch, this.config.at("preemptible"));
  }

  /** Whether it waits for capacity and gets it for at most seven days. */
  get flexStart(): boolean | Value {
    return anyOf(this.config.at("flexStart"), this.at.at("queuedProvisioning", "enabled"));
  }
}

/**
 * The groups in the properties of a cluster or node pool, including one that is removed at once. An
 * existing cluster lists all of its pools, also those that are resources of their own, so only the
 * inputs of a cluster are read.
 */
export function nodeGroupsIn(resource: Resource): readonly NodeGroup[] {
  if (nodePools.matches(resource)) {
    return [new NodeGroup(resource, resource.props)];
  }
  const asked = askedOf(resource);
  if (!clusters.matches(resource) || asked.at("enableAutopilot").raw === true) {
    return [];
  }
  const inline = asked.at("nodePools");
  const items = inline.unknown ? [inline] : (inline.items ?? []);
  return (items.length > 0 ? items : [asked]).map((at) => new NodeGroup(resource, at));
}

/** The same without the default pool of a cluster that removes it after creation. */
export function lastingNodeGroupsIn(resource: Resource): readonly NodeGroup[] {
  const removed = resource.props.at("removeDefaultNodePool").raw === true;
  return nodeGroupsIn(resource).filter(({ at }) => !(removed && at.keys.length === 0));
}

/** Every lasting group of a GKE cluster that this stack makes. */
export function nodeGroupsOf(cluster: Resource, fleet: Fleet): readonly NodeGroup[] {
  return [cluster, ...fleet.nodePoolsOf(cluster)].flatMap(lastingNodeGroupsIn);
}

/** Whether machines of this type always have GPUs. */
export function isGpuMachine(machineType: Value): boolean {
  return GPU_FAMILIES.includes(machineType.text?.split("-")[0] ?? "");
}

/** The same for a family by its name. */
export function isGpuFamily(family: Value): boolean {
  return GPU_FAMILIES.includes(family.text ?? "");
}

/**
 * True if one of the switches is on; otherwise the first that is not known yet; otherwise false.
 */
export function anyOf(...switches: readonly Value[]): boolean | Value {
  const on = switches.some(({ raw }) => raw === true);
  return on || (switches.find(({ unknown }) => unknown) ?? false);
}
