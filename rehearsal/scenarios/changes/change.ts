/** What the engine does to one resource. */
export type Operation = "create" | "update" | "replace" | "delete";

/** One resource that a command touches. */
export interface Step {
  operation: Operation;
  /** `type::name` */
  resource: string;
  /**
   * Paths of the inputs that differ, sorted; of a creation and a deletion none. In the table of changes `spec.template.*`
   * stands for whatever is below, at least one.
   */
  properties: string[];
}

/** Steps as the table of changes writes them. `<cluster>` in a resource stands for each cluster of the change. */
export type ExpectedStep =
  | Step
  /** Creates all that is a cluster's own and, with `region`, all that is its region's. */
  | { operation: "join"; cluster: string; region?: string }
  /** Deletes the same. */
  | { operation: "leave"; cluster: string; region?: string }
  /** Deletes what serves in a cluster that stays: all that one without GPUs has not. */
  | { operation: "retire"; cluster: string };

/** One edit of the stack file of a running stack, and all that it does. */
export interface Change {
  /** One word, or a few. */
  name: string;
  /**
   * Keys of the configuration that it is about, as `docs/configuration.md` spells them; `.*` at the end stands for all
   * below. Every key has a row: a test compares.
   */
  keys: string[];
  /** What is edited, as `docs/changes.md` says it. @default its keys */
  what?: string;
  /** What has to be done before, to a part of the stack. */
  first?: FirstStep;
  /** JSON merge patch for the stack file, on top of the changes before it. */
  settings: Record<string, unknown>;
  /** Problems that the verifier has to report about the changed stack. */
  complaint?: RegExp;
  /** Every resource that it touches, and no other. */
  steps: ExpectedStep[];
  /** Clusters of which it may touch anything. @default all */
  clusters?: string[];
  /** What requests notice, and what there is to know, for `docs/changes.md`. */
  effect: string;
  /** `up` has to fail with this, having done `steps`; the stack file is then put back. */
  refused?: RegExp;
  /** For a while no region can serve. If it does not happen, the rehearsal fails. */
  interrupts?: boolean;
  /** For a while a region that stays cannot serve, though another can. If it does not happen, the rehearsal fails. */
  pausesRegion?: boolean;
  /** Replaced resources whose predecessor goes before the successor is made: these, and no others. */
  deletesFirst?: string[];
  /** Regions that stay may get other addresses. */
  movesAddresses?: boolean;
}

/** A change that is not rehearsed, because users should not make it. */
export interface Untried {
  /** As a change's. */
  keys: string[];
  /** What is edited. @default its keys */
  what?: string;
  /** What `up` would do. */
  would: string;
  /** How to get there. */
  instead: string;
}

/** A command on a part of the stack, before the change as a whole. */
export interface FirstStep {
  /** `destroy` works by the stack file as it was, `up` by the changed one. */
  command: "destroy" | "up";
  /** Value of `--target`: a part of the resource's URN, with `**` for the rest. */
  target: string;
  steps: ExpectedStep[];
}

export function create(resource: string): Step {
  return { operation: "create", resource, properties: [] };
}

export function update(resource: string, ...properties: string[]): Step {
  return { operation: "update", resource, properties };
}

export function replace(resource: string, ...properties: string[]): Step {
  return { operation: "replace", resource, properties };
}

export function remove(resource: string): Step {
  return { operation: "delete", resource, properties: [] };
}

/** @param region given where the cluster is the first there */
export function join(cluster: string, region?: string): ExpectedStep {
  return { operation: "join", cluster, ...(region && { region }) };
}

/** @param region given where the cluster was the last there */
export function leave(cluster: string, region?: string): ExpectedStep {
  return { operation: "leave", cluster, ...(region && { region }) };
}

export function retire(cluster: string): ExpectedStep {
  return { operation: "retire", cluster };
}

/** The flags of `pulumi` for a part of the stack. */
export function targetFlags({ command, target }: FirstStep): string[] {
  return ["--target", target, ...(command === "destroy" ? ["--target-dependents"] : [])];
}
