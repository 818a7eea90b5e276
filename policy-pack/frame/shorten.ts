import { listed } from "./nameHint";

/** Most characters of a part of a message: of its place, its problem or its fix. */
const LONGEST = 300;

/** Most characters without a blank. */
const LONGEST_WORD = 100;

/** Most names in a row that are written out; of more, only the first few are. */
const MOST_NAMES = 16;

/** Names in a row, as a list writes them. */
const ROW = new RegExp(`[^\\s,]+(?:(?:,| and| or| \\+) [^\\s,]+){${MOST_NAMES},}`, "g");

/**
 * A text that fits into a message, whatever it names. A place may be a key of any length, and a
 * problem may name thousands of objects.
 */
export function shortened(text: string): string {
  if (text.length <= LONGEST_WORD) {
    return text;
  }
  const words = text.replace(/\S+/g, (word) => cut(word, LONGEST_WORD));
  const rows = words.replace(ROW, (row) => listed(row.split(/(?:,| and| or| \+) /)));
  return cut(rows, LONGEST);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
