import type { PolicedAlteration } from "./alteration";
import { idOf } from "./edit";

/**
 * Alterations that one preview shows together, each still caught by its own policy alone: no two of them are at the
 * same resource, and those that need a preview of their own get one.
 */
export function together(alterations: readonly PolicedAlteration[]): PolicedAlteration[][] {
  const groups: { alterations: PolicedAlteration[]; resources: Set<string> }[] = [];
  for (const alteration of alterations.filter(({ policy }) => !policy.alone)) {
    const resources = alteration.edits.map(({ at }) => idOf(at));
    const group = groups.find((each) => resources.every((id) => !each.resources.has(id)));
    if (group) {
      group.alterations.push(alteration);
      for (const id of resources) group.resources.add(id);
    } else groups.push({ alterations: [alteration], resources: new Set(resources) });
  }
  const single = alterations.filter(({ policy }) => policy.alone).map((each) => [each]);
  return [...groups.map((group) => group.alterations), ...single];
}
