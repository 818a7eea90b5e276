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

/** The phrases that the rule prose/wording reports for a file with this text. */
function phrasesIn(file: string, text: string): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    ["node_modules/eslint/bin/eslint.js", "--stdin", "--stdin-filename", file, "--format", "json"],
    { cwd: ROOT, input: text, encoding: "utf8" },
  );
  const [{ messages }] = JSON.parse(stdout);
  return messages
    .filter(({ ruleId }: { ruleId: string }) => ruleId === "prose/wording")
    .map(({ line, message }: { line: number; message: string }) => `${line}: ${message}`);
}

const SILENTLY = '"without a word": say "silently"';

describe("eslint", () => {
  test("reads paragraphs, headings and tables of Markdown, and no code", () => {
    const text = [
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
    expect(phrasesIn("README.md", text)).toEqual([
      '1: "Without a word": say "silently"',
      `3: ${SILENTLY}`,
      `6: ${SILENTLY}`,
      `8: ${SILENTLY}`,
    ]);
  }, 60_000);

  test("reads comments, joined over their lines, and messages with their values", () => {
    const text = [
      "// It goes without",
      "// a word, `without a word`.",
      "/**",
      " * It goes without",
      " * a word.",
      " */",
      'export const said = "it goes without a word";',
      "export const template = (x: string) => `${x} is no ${x}`;",
    ].join("\n");
    expect(phrasesIn("rehearsal/toolchain/x.ts", text)).toEqual([
      `1: ${SILENTLY}`,
      `3: ${SILENTLY}`,
      `7: ${SILENTLY}`,
      '8: "is no …": say "is not a ...", "unknown ..." or "invalid ..."',
    ]);
  }, 60_000);

  test("leaves the messages of the emulator in Google's own words", () => {
    const text = 'export const said = "it goes without a word"; // without a word';
    expect(phrasesIn("rehearsal/emulator/x.ts", text)).toEqual([`1: ${SILENTLY}`]);
  }, 60_000);
});
