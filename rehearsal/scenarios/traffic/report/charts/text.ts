/**
 * Pixels that a text takes at most: a digit of DejaVu Sans is this wide, and no font that a browser takes instead is
 * wider. So a text that fits here fits everywhere.
 */
export function widthOf(text: string, size: number): number {
  return text.length * size * 0.65;
}

/** Cuts a text that is wider than `width` pixels. */
export function cut(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  const letters = Math.max(1, Math.floor(width / widthOf("0", size)) - 1);
  return `${text.slice(0, letters).trimEnd()}…`;
}

/** Breaks a text at spaces into lines of at most `width` pixels; a longer word is cut. */
export function broken(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(cut(word, width, size));
  }
  return lines;
}
