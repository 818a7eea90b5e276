import type { Value } from "./value";

/** One change to a resource's properties. */
export interface Edit {
  readonly at: Value;
  /** The new value; undefined removes the present one. */
  readonly to: unknown;
}

/** Sets a value, whether one is there or not. Missing parent objects are created. */
export function set(at: Value, to: unknown): Edit {
  return { at, to };
}

/** Removes the value. */
export function remove(at: Value): Edit {
  return { at, to: undefined };
}

/** Replaces a value that is there; sets nothing where none is. */
export function correct(at: Value, to: unknown): readonly Edit[] {
  return at.present && at.raw !== to ? [set(at, to)] : [];
}

/** Sets the value, unless it is set already or not known yet. */
export function ensure(at: Value, to: unknown): readonly Edit[] {
  return at.absent ? [set(at, to)] : correct(at, to);
}

type Node = Record<string | number, unknown>;

/**
 * Makes the changes in the properties that the engine handed over. The engine wraps them to keep
 * secrets secret, so they are changed in place and not copied. @returns the properties
 */
export function applyEdits(props: Record<string, unknown>, edits: readonly Edit[]): object {
  // A parent that is not an object, such as a text, is left alone; the policy judges it as it is.
  for (const { at, to } of edits.filter((edit) => leadsThroughObjects(props, edit.at))) {
    const parents = at.keys.slice(0, -1);
    const last = at.keys.at(-1) ?? "";
    let node: Node = props;
    for (const key of parents) {
      node[key] ??= {};
      node = node[key] as Node;
    }
    if (to === undefined) {
      Reflect.deleteProperty(node, last);
    } else {
      node[last] = to;
    }
  }
  return props;
}

function leadsThroughObjects(props: Record<string, unknown>, at: Value): boolean {
  let node: unknown = props;
  for (const key of at.keys.slice(0, -1)) {
    node = (node as Node)[key] ?? {};
    if (typeof node !== "object") {
      return false;
    }
  }
  return true;
}
