/** GitHub's limit of a comment, in characters: "body is too long (maximum is 65536 characters)". */
export const MOST_CHARACTERS = 65_536;

/** How many lines of each part a comment has. */
export interface Kept {
  diff: number;
  rows: number;
  policies: number;
}

/**
 * Cuts a comment to GitHub's limit: the diff first, then the rows of the changes, then what policies say.
 * @param all the lines that there are
 * @param write the comment with the first lines of each part
 */
export function fitted(all: Kept, write: (kept: Kept) => string): string {
  let kept = all;
  for (const part of ["diff", "rows", "policies"] as const) {
    const fits = (count: number) => write({ ...kept, [part]: count }).length <= MOST_CHARACTERS;
    if (fits(kept[part])) break;
    kept = { ...kept, [part]: most(kept[part], fits) };
  }
  return write(kept);
}

/** The largest number below `limit` that fits; 0 if none does. */
function most(limit: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, limit];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
