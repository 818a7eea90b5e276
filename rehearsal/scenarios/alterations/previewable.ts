import { type Alteration, isPoliced, type PolicedAlteration } from "./alteration";
import { isInputEdit } from "./edit";

/** Alterations of a stack that an engine can make, and a policy catches. */
export function previewable(
  alterations: readonly Alteration[],
  stack: string,
): PolicedAlteration[] {
  return alterations
    .filter(isPoliced)
    .filter((each) => (each.stack ?? "dev") === stack && each.edits.every(isInputEdit));
}
