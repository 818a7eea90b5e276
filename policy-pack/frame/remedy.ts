import type { Value } from "./value";

/** One change to a resource's properties. */
export interface Edit {
  readonly at: Value;
  /** What is to stand there; undefined takes away what does. */
  readonly to: unknown;
}

/** Puts a value where none, or a wrong one, is. Objects on the way there are made. */
export function set(at: Value, to: unknown): Edit {
  return { at, to };
}

/** Takes away what stands there. */
export function remove(at: Value): Edit {
  return { at, to: undefined };
}

/** Puts the value in place of another that is there. */
export function correct(at: Value, to: unknown): readonly Edit[] {
  return at.present && at.raw !== to ? [set(at, to)] : [];
}

/** Puts the value there, unless it is, or nobody knows. */
export function ensure(at: Value, to: unknown): readonly Edit[] {
  return at.absent ? [set(at, to)] : correct(at, to);
}

type Node = Record<string | number, unknown>;

/**
 * Makes the changes in the properties that the engine handed over. They are wrapped so that what
 * was secret stays so, hence changed in place and not copied. @returns the properties
 */
export function applyEdits(props: Record<string, unknown>, edits: readonly Edit[]): object {
  // Something else on the way, such as a text, is no place to put anything; it is judged as it is.
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
