import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { load } from "js-yaml";

type Kind = "markdown" | "comment" | "message";

interface Row {
  pattern: string;
  better: string;
  in?: Kind[];
  catches: string;
  allows: string;
}

type Rule = Row & { in: Kind[] };

const { compile, forbidden } = jest.requireActual<{
  compile(rows: Row[]): Rule[];
  forbidden(rules: Rule[], kind: Kind, text: string): { phrase: string; better: string }[];
}>("../../scripts/prose/wording.mjs");

const ROOT = path.resolve(__dirname, "../..");

const rules = compile(
  load(fs.readFileSync(path.join(ROOT, "scripts/prose/rules.yaml"), "utf8")) as Row[],
);

describe.each(rules.map((rule): [string, Rule] => [rule.catches, rule]))("%s", (_, rule) => {
  test.each(rule.in)("is caught in a %s", (kind) => {
    expect(forbidden([rule], kind, rule.catches)).toEqual([
      { phrase: expect.any(String), better: rule.better },
    ]);
  });

  test("has a wording that every rule allows", () => {
    expect(rule.in.flatMap((kind) => forbidden(rules, kind, rule.allows))).toEqual([]);
  });
});

test("a rule reads only the kinds of text that it names", () => {
  const only = compile([
    { pattern: "\\bx\\b", better: "y", in: ["comment"], catches: "x", allows: "y" },
  ]);
  expect(forbidden(only, "comment", "x")).toEqual([{ phrase: "x", better: "y" }]);
  expect(forbidden(only, "message", "x")).toEqual([]);
});

/** Lints each text of standard input as the file of its name, with the configuration of the repository. */
const LINT = `
  import { readFileSync } from "node:fs";
  import { ESLint } from "eslint";
  const eslint = new ESLint();
  const phrases = async ([filePath, text]) => {
    const [{ messages }] = await eslint.lintText(text, { filePath });
    const found = messages.filter(({ ruleId }) => ruleId === "prose/wording");
    return [filePath, found.map(({ line, message }) => line + ": " + message)];
  };
  const texts = Object.entries(JSON.parse(readFileSync(0, "utf8")));
  console.log(JSON.stringify(Object.fromEntries(await Promise.all(texts.map(phrases)))));
`;

/** The phrases that the rule prose/wording reports, by file. In another process: jest loads no ES module. */
function phrasesIn(texts: Record<string, string>): Record<string, string[]> {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", LINT],
    {
      cwd: ROOT,
      input: JSON.stringify(texts),
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const SILENTLY = '"without a word": say "silently"';

const MARKDOWN = [
  "# Without a word",
  "",
  "It goes without",
  "a *word*. `without a word`",
  "",
  "| it goes without a word |",
  "| --- |",
  "| without a word |",
  "",
  "```",
  "without a word",
  "```",
].join("\n");

const CODE = [
  "// It goes without",
  "// a word, `without a word`.",
  "/**",
  " * It goes without",
  " * a word.",
  " */",
  'export const said = "it goes without a word";',
  "export const template = (x: string) => `${x} is no ${x}`;",
].join("\n");

test("eslint reads Markdown but its code, joined comments, and messages with their values", () => {
  expect(
    phrasesIn({
      "README.md": MARKDOWN,
      "rehearsal/toolchain/x.ts": CODE,
      "rehearsal/emulator/x.ts": CODE,
    }),
  ).toEqual({
    "README.md": [
      '1: "Without a word": say "silently"',
      `3: ${SILENTLY}`,
      `6: ${SILENTLY}`,
      `8: ${SILENTLY}`,
    ],
    "rehearsal/toolchain/x.ts": [
      `1: ${SILENTLY}`,
      `3: ${SILENTLY}`,
      `7: ${SILENTLY}`,
      '8: "is no …": say "is not a ...", "unknown ..." or "invalid ..."',
    ],
    // Its messages are Google's own words.
    "rehearsal/emulator/x.ts": [`1: ${SILENTLY}`, `3: ${SILENTLY}`],
  });
}, 60_000);
