import type { EngineEvent, StepMetadata } from "./event";

/** The stack itself, which is not a resource of the program. */
export const STACK = "pulumi:pulumi:Stack";

/** What a reader knows a resource by. */
export interface Named {
  /** Such as `NodePool`, or `provider kubernetes`. */
  kind: string;
  name: string;
}

/** Kind and name, of `urn:pulumi:<stack>::<project>::<types of parents>$<type>::<name>`. */
export function named(urn: string): Named {
  const { type, name } = split(urn);
  const [, provider] = /^pulumi:providers:(.*)$/.exec(type) ?? [];
  return { kind: provider ? `provider ${provider}` : type.slice(type.lastIndexOf(":") + 1), name };
}

/** The stack's name in a URN. */
export function stackOf(urn: string): string {
  return /^urn:pulumi:([^:]*)::/.exec(urn)?.[1] ?? "";
}

/** `type::name`: what the tables of changes and drift call a resource. */
export function resourceOf(urn: string): string {
  const { type, name } = split(urn);
  return `${type}::${name}`;
}

/**
 * Paths of the properties that differ, sorted. An item of a list counts as the list, because all behind one that is
 * inserted differ; a file of a ConfigMap counts as its data.
 */
export function pathsOf({ detailedDiff }: Pick<StepMetadata, "detailedDiff">): string[] {
  return [...new Set(Object.keys(detailedDiff ?? {}).map(folded))].sort();
}

/** A path with its last index, or its file of a ConfigMap, left out. */
export function folded(path: string): string {
  return path.replace(/\[\d+\]$/, "").replace(/^data\[".*"\]$/, "data");
}

/** Where each resource of a log belongs. */
export class Places {
  private readonly parents = new Map<string, string>();
  private readonly clusters = new Set<string>();

  constructor(events: readonly EngineEvent[]) {
    for (const metadata of events.flatMap(metadataOf)) {
      const { urn, type } = metadata;
      const parent = stateOf(metadata)?.parent;
      if (parent) this.parents.set(urn, parent);
      if (type === KUBERNETES) this.clusters.add(split(urn).name);
    }
  }

  /** The component below the stack that a resource belongs to, such as `ModelServer gke-west`; "" for none. */
  componentOf(urn: string): string {
    const top = this.topOf(urn);
    if (top === urn) return "";
    const { kind, name } = named(top);
    return `${kind} ${name}`;
  }

  /** The cluster that a resource is in or part of; "" for what clusters share. */
  clusterOf(metadata: StepMetadata): string {
    const provider = stateOf(metadata)?.provider ?? "";
    if (provider.includes(KUBERNETES)) {
      // `<urn of the provider>::<id>`
      return provider.split("::").at(-2) ?? "";
    }
    const { name } = named(this.topOf(metadata.urn));
    return this.clusters.has(name) ? name : "";
  }

  private topOf(urn: string): string {
    // A file from a fork may have a circle.
    const seen = new Set<string>();
    let top = urn;
    for (
      let parent = this.parents.get(top);
      parent !== undefined && !seen.has(parent) && split(parent).type !== STACK;
      parent = this.parents.get(top)
    ) {
      seen.add(parent);
      top = parent;
    }
    return top;
  }
}

/** The provider of a cluster's objects. */
const KUBERNETES = "pulumi:providers:kubernetes";

function metadataOf({ resourcePreEvent, resOutputsEvent }: EngineEvent): StepMetadata[] {
  return [resourcePreEvent, resOutputsEvent].flatMap((event) => event?.metadata ?? []);
}

function stateOf(metadata: StepMetadata): StepMetadata["new"] {
  return metadata.new ?? metadata.old;
}

function split(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
