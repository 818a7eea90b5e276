import type { Resource } from "../frame";

/** The project that a resource is in: its own, otherwise its provider's; undefined if not known. */
export function projectOf({ props, provider }: Resource): string | undefined {
  const own = props.at("project");
  return own.absent || own.raw === "" ? provider?.props.at("project").text : own.text;
}

/**
 * Whether two projects certainly differ. A project has a name and a number, which cannot be compared
 * here.
 */
export function areApart(one: string | undefined, other: string | undefined): boolean {
  const known = [one, other].map((project) => project?.replace(/^projects\//, ""));
  return known.every((project) => project && !/^\d+$/.test(project)) && known[0] !== known[1];
}
