import { nearest } from "./nearest";

/** Names that fit into one line. */
export const LISTED = 5;

/** Names among which a misspelt one is looked for: that takes time for each of them. */
export const COMPARED = 100;

/**
 * What to write in place of a name that nothing has: the known one that its author most likely meant, spelt as the
 * author would write it; `otherwise`, if none is near.
 */
export function nameHint(
  name: string | undefined,
  known: readonly string[],
  otherwise: string,
  spelt: (name: string) => string = String,
): string {
  const meant = nearest(name ?? "", known.slice(0, COMPARED));
  return meant === undefined ? otherwise : `did you mean ${spelt(meant)}?`;
}

/** A name as it stands in a program. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** The first few of the names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `${names.slice(0, LISTED).join(", ")}${more}`;
}
