/** Identifies a resource of a program. */
export interface ResourceId {
  type: string;
  name: string;
}

/** One change of what a program registers. */
export type Edit = InputEdit | ResourceEdit;

/** One change that can be made to a program while the engine runs it: no resource is left out or duplicated. */
export type EngineEdit = InputEdit | OptionEdit;

/** A change of one input; paths are written as in the policies' messages: `spec.rules[0].name`. */
export type InputEdit = At & InputChange;

export type InputChange =
  | { set: string; to: unknown }
  | { unset: string }
  /** The field's own name becomes another, in the same place. */
  | { rename: string; as: string };

/**
 * The whole resource left out; or another made beside it with some inputs set, or unset where undefined, of another type
 * where `as` says so.
 */
export type ResourceEdit = At &
  ({ drop: true } | { duplicate: string; as?: string; with?: Readonly<Record<string, unknown>> });

/** A dependency or a time limit of a resource, or an input that comes from another resource, registered earlier. */
export type OptionEdit = At &
  (
    | { dependsOn: [] }
    | { timeouts: { create?: string; delete?: string } }
    | { reference: string; to: ResourceId; output: string }
  );

interface At {
  at: ResourceId;
}

export function isInputEdit(edit: Edit | EngineEdit): edit is InputEdit {
  return "set" in edit || "unset" in edit || "rename" in edit;
}

/** @throws Error if one leaves out or duplicates a resource */
export function engineEditsOf(edits: readonly Edit[]): EngineEdit[] {
  return edits.map((edit) => {
    if (isInputEdit(edit)) return edit;
    throw new Error(`an engine cannot leave out or duplicate ${idOf(edit.at)}`);
  });
}

/** As the engine's URNs end. */
export function idOf({ type, name }: ResourceId): string {
  return `${type}::${name}`;
}
