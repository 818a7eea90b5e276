/** Edits up to which two names count as a slip of the pen. */
const SLIPS = 2;

/**
 * The candidate that a misspelt name most likely stands for: the one that it is cut short from or
 * adds to, else the one that is at most two edits away. Capitals do not count.
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

/** Levenshtein's: letters to insert, delete or replace. */
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
