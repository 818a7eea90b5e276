/** Most edits between a misspelt name and the one that was meant. */
const SLIPS = 2;

/**
 * The candidate that a misspelt name most likely stands for: one that the name is a beginning of,
 * or that begins the name; otherwise one at most two edits away. Case is ignored.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  const extended = candidates.find((candidate) => {
    const other = candidate.toLowerCase();
    return given.length > SLIPS && (other.startsWith(given) || given.startsWith(other));
  });
  if (extended !== undefined) {
    return extended;
  }
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: editDistance(given, candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= SLIPS && edits < given.length)
    .sort((one, other) => one.edits - other.edits);
  return ranked[0]?.candidate;
}

/** The Levenshtein distance: letters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
