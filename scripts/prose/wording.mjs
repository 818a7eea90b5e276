// The ESLint rule `prose/wording`: finds the phrases of rules.yaml in Markdown, comments and messages.

const CODE = "`…`";

/** What stands in for a value in a message: `unknown cluster ${name}` reads "unknown cluster …". */
const VALUE = "…";

/** Reads rules.yaml's rows: `in` is every kind of text unless a row names some. */
export function compile(rows) {
  return rows.map((row) => ({
    ...row,
    in: row.in ?? ["markdown", "comment", "message"],
    expression: new RegExp(row.pattern, "gu"),
  }));
}

/** Every phrase of `text` that a rule forbids, with the better wording. */
export function forbidden(rules, kind, text) {
  const flat = text.replace(/\s+/g, " ").trim();
  return rules
    .filter((rule) => rule.in.includes(kind))
    .flatMap((rule) =>
      [...flat.matchAll(rule.expression)].map(([phrase]) => ({ phrase, better: rule.better })),
    );
}

/** Lines of `//` that follow one another are one text, as are the lines of one block comment. */
function commentTexts(comments) {
  const texts = [];
  for (const { type, value, loc } of comments) {
    const last = texts.at(-1);
    if (type === "Line" && last?.type === "Line" && last.loc.end.line === loc.start.line - 1) {
      last.text += `\n${value}`;
      last.loc = { start: last.loc.start, end: loc.end };
    } else texts.push({ type, text: value.replace(/^\s*\*+ ?/gm, ""), loc });
  }
  return texts;
}

function markdownText(node) {
  if (node.type === "inlineCode") return CODE;
  return node.value ?? (node.children ?? []).map(markdownText).join("");
}

/** The rule for these rows of rules.yaml; its option `kinds` names the kinds of text to read. */
export function wording(rows) {
  const rules = compile(rows);
  return {
    meta: {
      type: "suggestion",
      schema: [{ type: "object", properties: { kinds: { type: "array" } } }],
      messages: { wording: '"{{phrase}}": {{better}}' },
    },
    create(context) {
      const { kinds } = context.options[0];
      const read = (kind, text, loc) => {
        for (const data of forbidden(rules, kind, text))
          context.report({ loc, messageId: "wording", data });
      };
      const markdown = (node) => read("markdown", markdownText(node), node.position);
      const comments = () => {
        for (const { text, loc } of commentTexts(context.sourceCode.getAllComments()))
          read("comment", text.replace(/`[^`]*`/g, CODE), loc);
      };
      const message = (text, node) => text.includes(" ") && read("message", text, node.loc);
      return {
        ...(kinds.includes("markdown") && {
          paragraph: markdown,
          heading: markdown,
          tableCell: markdown,
        }),
        ...(kinds.includes("comment") && { Program: comments }),
        ...(kinds.includes("message") && {
          Literal: (node) => typeof node.value === "string" && message(node.value, node),
          TemplateLiteral: (node) =>
            message(node.quasis.map(({ value }) => value.cooked).join(VALUE), node),
        }),
      };
    },
  };
}
