import {
  type Finding,
  nameHint,
  on,
  pending,
  quoted,
  type Resource,
  type Value,
  violation,
} from "../frame";

import type { NodeGroup } from "./nodeGroup";
import { COMPUTE_CLASS_LABEL } from "./placement";

/** A compute class that takes its nodes from node pools of its cluster and makes none itself. */
export class PooledClass {
  readonly resource: Resource;
  readonly name: string;
  /** The node pools that its priorities name, as far as they are known. */
  readonly pools: readonly NodeGroup[];
  private readonly groups: readonly NodeGroup[];
  private readonly entries: readonly Value[];
  private readonly sources: readonly string[];

  constructor(resource: Resource, name: string, groups: readonly NodeGroup[]) {
    this.resource = resource;
    this.name = name;
    this.groups = groups;
    this.sources = resource.dependenciesOf("spec");
    const priorities = resource.props.at("spec", "priorities").items ?? [];
    this.entries = priorities.flatMap((each) => each.at("nodepools").items ?? []);
    // A name that is not known yet belongs to the pool that it comes from.
    this.pools = groups.filter((group) => {
      return this.entries.some(({ text }) => {
        const isSource = this.sources.includes(group.resource.urn);
        return text === undefined ? isSource : isNamed(group, text);
      });
    });
  }

  /** What is wrong between the class and its node pools. */
  *findings(where: string): Generator<Finding> {
    const priorities = this.resource.props.at("spec", "priorities");
    if (this.entries.length === 0) {
      const problem = "name no node pools, so the class has no nodes";
      const fix = "name the node pools of its cluster that have its label";
      yield on(this.resource, violation(priorities, problem, fix));
      return;
    }
    yield* this.entries.flatMap((entry) => [...this.entryFindings(entry, where)]);
    yield* this.pools.flatMap((group) => [...this.poolFindings(group)]);
    if (this.isComplete) {
      yield* this.strayFindings();
    }
  }

  /** Whether each name belongs to a known pool. */
  private get isComplete(): boolean {
    return this.entries.every(({ text }) => {
      return text !== undefined && this.groups.some((group) => isNamed(group, text));
    });
  }

  private *entryFindings(entry: Value, where: string): Generator<Finding> {
    const { text } = entry;
    if (entry.unknown && this.pools.length === 0) {
      yield on(this.resource, pending(entry));
    } else if (text !== undefined && !this.groups.some((group) => isNamed(group, text))) {
      const names = this.groups.map(({ resource, at }) => at.at("name").text ?? resource.name);
      const fix = nameHint(text, names, `its node pools are ${names.join(", ")}`, quoted);
      yield on(this.resource, violation(entry, `${where} has no node pool ${entry}`, fix));
    }
  }

  private *poolFindings({ resource, config }: NodeGroup): Generator<Finding> {
    const label = config.at("labels", COMPUTE_CLASS_LABEL);
    if (!label.unknown && label.text !== this.name) {
      const given = label.absent ? "is not set" : `${label}`;
      const problem = `${given}, so ComputeClass "${this.name}" does not find the nodes of this pool`;
      yield on(resource, violation(label, problem, `set it to "${this.name}"`));
    }
    const taints = config.at("taints");
    const items = taints.items ?? [];
    const isOpen = taints.unknown || items.some((taint) => taint.at("value").unknown);
    const has = items.some((taint) => {
      const isKey = taint.at("key").unknown || taint.at("key").text === COMPUTE_CLASS_LABEL;
      return isKey && taint.at("value").text === this.name;
    });
    if (!isOpen && !has) {
      const taint = `${COMPUTE_CLASS_LABEL}=${this.name}`;
      const others = `pods that are not for ComputeClass "${this.name}"`;
      const problem = `lack ${taint}, so ${others} take its nodes`;
      yield on(resource, violation(taints, problem, "add that taint, with effect NO_SCHEDULE"));
    }
  }

  /**
   * Pools that have the class's label, but that no priority names, so that the class never scales
   * them.
   */
  private *strayFindings(): Generator<Finding> {
    for (const group of this.groups.filter((each) => !this.pools.includes(each))) {
      const label = group.config.at("labels", COMPUTE_CLASS_LABEL);
      if (label.text === this.name) {
        const problem =
          `no priority of ComputeClass "${this.name}" names this pool, ` +
          "so its pods never get a node of it";
        yield on(
          group.resource,
          violation(label, problem, "name the pool there, or remove the label"),
        );
      }
    }
  }
}

/** Undefined for a class for which GKE creates, or may create, nodes. */
export function pooledClassOf(
  resource: Resource,
  groups: readonly NodeGroup[],
): PooledClass | undefined {
  const spec = resource.props.at("spec");
  const name = resource.props.at("metadata", "name").text;
  const creation = spec.at("nodePoolAutoCreation", "enabled");
  const priorities = spec.at("priorities");
  const anyNodes = spec.at("whenUnsatisfiable");
  const isOpen = creation.unknown || creation.raw === true || priorities.unknown;
  const mayGrow = anyNodes.unknown || anyNodes.text === "ScaleUpAnyway";
  const named = (priorities.items ?? []).every((each) => each.at("nodepools").items !== undefined);
  return name === undefined || isOpen || mayGrow || !named
    ? undefined
    : new PooledClass(resource, name, groups);
}

/** Whether a pool has this name; a generated or unknown name begins with that of its resource. */
function isNamed({ resource, at }: NodeGroup, text: string): boolean {
  const [name, prefix] = [at.at("name"), at.at("namePrefix")];
  if (name.text !== undefined) {
    return name.text === text;
  }
  const isFree = name.unknown || !prefix.absent || at.keys.length > 0;
  return isFree || text === resource.name || text.startsWith(`${resource.name}-`);
}
