/** Fewest letters of a part of a name in which a slip is certain: of short parts, many differ by one. */
const CERTAIN = 4;

/**
 * Whether a text is a name with one letter left out, added, exchanged, or swapped with the next. Names
 * that differ by a digit, or in a short part, are of two things that belong together: `pool-a`
 * and `pool-b`, `gke-1` and `gke-2`, `api-eu` and `api-us`.
 */
export function isSlipOf(given: string, name: string): boolean {
  const [one, other] = [given.toLowerCase(), name.toLowerCase()];
  if (one === other || Math.abs(one.length - other.length) > 1) {
    return one === other && given !== name;
  }
  let start = 0;
  while (start < one.length && one[start] === other[start]) {
    start += 1;
  }
  let end = 0;
  const shorter = Math.min(one.length, other.length);
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) {
    end += 1;
  }
  const [from, to] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  const isSwap = from.length === 2 && from === [...to].reverse().join("");
  const isOne = from.length <= 1 && to.length <= 1;
  const isLetters = /^[a-z]*$/.test(from + to);
  const part =
    other
      .slice(0, start)
      .split(/[^a-z0-9]/)
      .at(-1) ?? "";
  const rest = /^[a-z0-9]*/.exec(other.slice(start))?.[0] ?? "";
  return (isSwap || isOne) && isLetters && part.length + rest.length >= CERTAIN;
}

/** The only name that a text is a slip of. */
export function slipOf(given: string, names: readonly string[]): string | undefined {
  const [meant, other] = names.filter((name) => isSlipOf(given, name));
  return other === undefined ? meant : undefined;
}
