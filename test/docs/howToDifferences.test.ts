import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const PAGE = read("docs/how-to-differences.md");

/** A defect's part of the page, from its heading to the next. */
const parts = PAGE.split(/^## /m).slice(1);
/** `[file](../path) "title", "row"`: rows of a table of tests stand behind its title. */
const NAMED = /\[[^\]]+\]\(\.\.\/([^)]+\.test\.ts)\)((?:,? "[^"]+")+)/g;

test("has each of the 28 defects once, in order", () => {
  const numbers = parts.map((part) => Number.parseInt(part, 10));
  expect(numbers).toEqual(Array.from({ length: 28 }, (_, i) => i + 1));
});

test.each(parts.map((part) => [part.split("\n")[0] ?? "", part]))(
  "what proves %s are tests",
  (_, part) => {
    const named = [...part.matchAll(NAMED)].map(([, file = "", titles = ""]) => {
      const [title = "", ...rows] = [...titles.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);
      return { file, title, rows };
    });
    expect(named).not.toEqual([]);
    const missing = named.filter(
      ({ file, title, rows }) =>
        !titlesIn(file).includes(title) || !rows.every((row) => read(file).includes(`"${row}",`)),
    );
    expect(missing).toEqual([]);
  },
);

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}

/** Titles of a file's tests: `test("..."`, `it("..."`, and those behind a table, `test.each(...)("..."`. */
function titlesIn(file: string): string[] {
  const called = /(?:\b(?:test|it)|\b(?:test|it)\.each\b[\s\S]*?\))\(\s*"((?:[^"\\]|\\.)*)"/g;
  return [...read(file).matchAll(called)].map(
    ([, title = ""]) => JSON.parse(`"${title}"`) as string,
  );
}
