/** The variable in which a program that is to be broken finds its `Break`s, as JSON. */
export const BREAKS = "REHEARSAL_BREAKS";

/** The smallest change to a good stack of the program that one policy, and no other, catches. */
export interface Break {
  /** The policy's name. */
  policy: string;
  /** @default "dev" */
  stack?: "dev" | "prod";
  /** The resource that is changed, by its type token and name. */
  at: { type: string; name: string };
  change: Change;
  /** An input of another resource that has to follow, or another policy tells of it. */
  follows?: { at: Break["at"]; set: string; to: unknown };
  /** The provider refuses it before policies are asked: then no preview gets as far. @default false */
  refusedByProvider?: boolean;
  /** Its policy may have nothing to say where something else is wrong too: then a preview shows it by itself. @default false */
  alone?: boolean;
  /** Every message there is then, of this policy alone, in the order of the resources. */
  says: Said[];
}

export interface Said {
  /** Name of the resource that it is about; undefined if it is about the stack. */
  resource: string | undefined;
  /** @default "mandatory" */
  level?: "mandatory" | "advisory";
  message: string;
}

/**
 * What is done to the resource: one input set to a value, with others where one alone opens nothing; one input taken
 * away; the whole resource taken away; or another made beside it with some inputs set, of another type where `as` says
 * so.
 */
export type Change =
  | { set: string; to: unknown; also?: Record<string, unknown> }
  | { unset: string }
  | { drop: true }
  | { duplicate: string; as?: string; set?: Record<string, unknown> };

/**
 * The keys of a path: joined by dots, a list's index among them; a key that holds dots itself ends the path in brackets:
 * `metadata.annotations[a.b/c]`.
 */
export function keysOf(path: string): string[] {
  const [, dotted = path, last] = /^(.*)\[(.*)\]$/.exec(path) ?? [];
  return [...dotted.split("."), ...(last === undefined ? [] : [last])];
}

/** Sets what a path leads to in `inputs`, or takes it away where `to` is undefined. Makes no copy. */
export function setAt(inputs: object, path: string, to: unknown): void {
  const keys = keysOf(path);
  const last = keys.pop() ?? "";
  let node = inputs as Record<string, unknown>;
  for (const key of keys) {
    node[key] ??= {};
    node = node[key] as Record<string, unknown>;
  }
  if (to === undefined) Reflect.deleteProperty(node, last);
  else node[last] = to;
}
