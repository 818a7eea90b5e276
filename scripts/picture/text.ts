/** How a text is set. */
export interface Font {
  /** In pixels. */
  size: number;
  bold: boolean;
}

// cspell:disable

/**
 * Widths in ems, rounded up, of DejaVu Sans: it is wider than any other font that the picture asks for, so a text fits
 * whichever of them a machine has. A character that is not listed counts as the widest.
 */
const REGULAR: Record<string, number> = {
  "'IJijl": 0.3,
  " \u00a0,./:;\\|·": 0.35,
  "()-[]ft": 0.4,
  "!r": 0.45,
  '"*_`': 0.5,
  "?csz": 0.55,
  FLkvxy: 0.6,
  "$0123456789EPSTYabdeghnopqu{}": 0.65,
  ABCKRVXZ: 0.7,
  NU: 0.75,
  "&DGHOQ": 0.8,
  "#+<=>^w~×": 0.85,
  M: 0.9,
  "%@Wm": 1,
};
const BOLD: Record<string, number> = {
  " \u00a0'ijl": 0.35,
  ",./:;IJ\\|·": 0.4,
  "-f": 0.45,
  "!()[]_`rt": 0.5,
  '"*': 0.55,
  "?csz": 0.6,
  Lx: 0.65,
  $0123456789EFTaekovy: 0.7,
  "CPSYZbdghnpqu{}": 0.75,
  ABKRVX: 0.8,
  "#+<=>DGHNU^~×": 0.85,
  "&OQ": 0.9,
  w: 0.95,
  "@M": 1,
  "%m": 1.05,
};
const WIDEST = 1.15;

// cspell:enable

const EMS = { regular: byCharacter(REGULAR), bold: byCharacter(BOLD) };

function byCharacter(widths: Record<string, number>): Map<string, number> {
  return new Map(
    Object.entries(widths).flatMap(([characters, ems]) => [...characters].map((c) => [c, ems])),
  );
}

/** Pixels that a text takes at most. */
export function widthOf(text: string, { size, bold }: Font): number {
  const ems = EMS[bold ? "bold" : "regular"];
  return [...text].reduce((sum, character) => sum + (ems.get(character) ?? WIDEST), 0) * size;
}

/** Breaks a text into lines that fit: at spaces; inside of a word only if the word alone is too long. */
export function wrap(text: string, width: number, font: Font): string[] {
  const fits = (line: string) => widthOf(line, font) <= width;
  const lines: string[] = [];
  for (const piece of pieces(text, fits)) {
    const longer = (lines.at(-1) ?? "") + piece;
    if (lines.length > 0 && fits(ended(longer))) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map(ended);
}

function pieces(text: string, fits: (line: string) => boolean): string[] {
  return text.split(/(?<= )/).flatMap((word) => {
    if (fits(ended(word))) return [word];
    return word
      .split(/(?<=[-./:_\u00a0])/)
      .flatMap((part) => (fits(ended(part)) ? [part] : [...part]));
  });
}

/** Without what only separates from the next word. */
function ended(line: string): string {
  return line.replace(/[\s·]+$/, "");
}

/** Several facts in one text, which breaks between two of them. */
export function listed(...facts: (string | undefined)[]): string {
  return facts.flatMap((fact) => (fact ? [fact.replaceAll(" ", "\u00a0")] : [])).join("\u00a0· ");
}
