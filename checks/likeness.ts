/** Longer words are compared by their beginning: each comparison takes time. */
const COMPARED = 40;

/** Names in the order of their likeness to a word: the one that was most likely meant comes first. */
export function byLikeness(word: string, names: readonly string[]): string[] {
  const distances = new Map(names.map((name) => [name, distance(word, name)]));
  return [...names].sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}

/** Letters to add, drop or replace until one word is the other (Levenshtein), whatever their case. */
function distance(one: string, other: string): number {
  const [a, b] = [one, other].map((word) => [...word.slice(0, COMPARED).toLowerCase()]) as [
    string[],
    string[],
  ];
  let above = [0, ...b.map((_, i) => i + 1)];
  for (const [row, letter] of a.entries()) {
    const current = [row + 1];
    for (const [column, other] of b.entries()) {
      const [left = 0, up = 0, diagonal = 0] = [current[column], above[column + 1], above[column]];
      current.push(Math.min(left + 1, up + 1, diagonal + (letter === other ? 0 : 1)));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}
