import type { Value } from "./value";

/**
 * The items of the list at `key`. A list that is not known yet, or is in something that is not
 * known yet, stands for the items that it may hold.
 */
export function entriesAt(value: Value, key: string): readonly Value[] {
  const list = value.unknown ? value : value.at(key);
  return list.unknown ? [list] : (list.items ?? []);
}

/** The field of an entry; an entry that is not known yet stands for it. */
export function fieldOf(entry: Value, key: string): Value {
  return entry.unknown ? entry : entry.at(key);
}
