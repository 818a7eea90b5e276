import type { Break } from "./breaks/break";

/**
 * Breaks that one preview shows together, and each is still told by its own policy alone: no two of them are at the same
 * resource, and what has to be alone is.
 */
export function together(breaks: readonly Break[]): Break[][] {
  const groups: { breaks: Break[]; resources: Set<string> }[] = [];
  for (const broken of breaks.filter(({ alone }) => !alone)) {
    const resources = resourcesOf(broken);
    const group = groups.find((each) => resources.every((name) => !each.resources.has(name)));
    if (group) {
      group.breaks.push(broken);
      for (const name of resources) group.resources.add(name);
    } else groups.push({ breaks: [broken], resources: new Set(resources) });
  }
  const single = breaks.filter(({ alone }) => alone).map((broken) => [broken]);
  return [...groups.map((group) => group.breaks), ...single];
}

function resourcesOf({ at, follows }: Break): string[] {
  return [at, ...(follows ? [follows.at] : [])].map(({ type, name }) => `${type}::${name}`);
}
