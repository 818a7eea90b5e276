/** Words that name neither metric nor function. */
const KEYWORDS = ["and", "or", "unless", "bool", "offset", "inf", "nan"];
/** What a list of labels follows: `sum by (location) (...)`, `a / on (cluster) b`. */
const LISTS = ["by", "without", "on", "ignoring", "group_left", "group_right"];
const AGGREGATIONS = ["avg", "bottomk", "count", "group", "max", "min", "quantile", "sum", "topk"];
const TOKEN = /\s*([a-zA-Z_:][\w:]*|[-+*/%^(),<>=!]|\d[\w.]*|\$)\s*/y;
const CLOSING: Record<string, string> = { "(": ")", "{": "}", "[": "]" };

/**
 * The metrics that a PromQL expression reads; undefined if its brackets or marks are wrong. Google's own parser checks
 * more.
 */
export function metricsIn(query: string): string[] | undefined {
  if (query.trim() === "" || !isBalanced(query)) return undefined;
  // What is in braces and brackets are labels and windows.
  const bare = withoutTexts(query)
    .replace(/\{[^{}]*\}/g, "")
    .replace(/\[[^[\]]*\]/g, "");
  const tokens = tokensIn(bare);
  return tokens && [...new Set(metricsAmong(tokens))];
}

function withoutTexts(query: string): string {
  return query.replace(/"(?:[^"\\]|\\.)*"/g, "0");
}

function isBalanced(query: string): boolean {
  const open: (string | undefined)[] = [];
  for (const mark of withoutTexts(query)) {
    if (mark in CLOSING) open.push(CLOSING[mark]);
    else if (Object.values(CLOSING).includes(mark) && open.pop() !== mark) return false;
    else if (mark === '"') return false;
  }
  return open.length === 0;
}

function tokensIn(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function metricsAmong(tokens: string[]): string[] {
  const found: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? "";
    if (LISTS.includes(token)) {
      // Labels, up to the end of their list.
      while (i < tokens.length && tokens[i] !== ")") i++;
      continue;
    }
    const isWord = /^[a-zA-Z_:]/.test(token);
    if (!isWord || KEYWORDS.includes(token.toLowerCase()) || AGGREGATIONS.includes(token)) continue;
    if (tokens[i + 1] !== "(") found.push(token);
  }
  return found;
}
