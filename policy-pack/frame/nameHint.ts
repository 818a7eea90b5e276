import { nearest } from "./nearest";

/** Names that fit into one line. */
export const LISTED = 5;

/** Most names that a misspelt one is compared with: each comparison takes time. */
export const COMPARED = 100;

/**
 * A fix for an unknown name: the known name that its author most likely meant, in the spelling of a
 * program; `otherwise` if no known name is close.
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

/** A name as a program writes it. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** The first few of the names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `${names.slice(0, LISTED).join(", ")}${more}`;
}
