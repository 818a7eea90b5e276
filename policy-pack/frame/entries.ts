import type { Value } from "./value";

/**
 * The items of the list at `key`. What is not known yet, the list or all around it, stands for the
 * items that it may turn out to hold.
 */
export function entriesAt(value: Value, key: string): readonly Value[] {
  const list = value.unknown ? value : value.at(key);
  return list.unknown ? [list] : (list.items ?? []);
}

/** The field of an entry; an entry that is not known yet stands for it. */
export function fieldOf(entry: Value, key: string): Value {
  return entry.unknown ? entry : entry.at(key);
}
