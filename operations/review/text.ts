/** Longer names and paths are cut: a file of events from a fork may have any. */
const MOST_CHARACTERS = 120;

/** How many of a list a cell has. */
const MOST_ITEMS = 8;

/** A name in a cell of a table, as code: nothing in it is Markdown, a mention or HTML. */
export function code(text: string): string {
  const line = text.replace(/[\s`]+/g, " ").trim();
  const cut = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line;
  return cut === "" ? "" : `\`${cut.replaceAll("|", "\\|")}\``;
}

/** A list in a cell, with what does not fit as a number. */
export function listed(items: readonly string[]): string {
  const more = items.length - MOST_ITEMS;
  if (more <= 1) return items.join(", ");
  return `${items.slice(0, MOST_ITEMS).join(", ")} and ${more} more`;
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A mention would notify a person: an invisible space ends it. */
export function withoutMentions(text: string): string {
  return text.replace(/@(?=\w)/g, "@\u200b");
}

export function counted(count: number, one: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : `${one}s`}`;
}

export function money(usd: number): string {
  return `${usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} $`;
}
