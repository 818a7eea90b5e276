/** A piece of a page, as HTML. */
export class Html {
  constructor(readonly source: string) {}
}

type Part = Html | string | number | Part[];

/** HTML from a template: every text in it is escaped, pieces of HTML are not. */
export function html(template: TemplateStringsArray, ...parts: Part[]): Html {
  const rest = parts.map((part, i) => sourceOf(part) + (template[i + 1] ?? ""));
  return new Html((template[0] ?? "") + rest.join(""));
}

export const NOTHING = new Html("");

/** A text for HTML and SVG, inside of an element or of an attribute in double quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function sourceOf(part: Part): string {
  if (part instanceof Html) return part.source;
  return Array.isArray(part) ? part.map(sourceOf).join("") : escaped(String(part));
}
