import * as fs from "node:fs";
import * as path from "node:path";

import { defects } from "../../rehearsal/scenarios/howTo/defects";
import { howToDifferences } from "../../rehearsal/scenarios/howTo/document";

const ROOT = path.resolve(__dirname, "../..");

describe("docs/how-to-differences.md", () => {
  test("is what `make docs` writes", () => {
    expect(read("docs/how-to-differences.md")).toBe(howToDifferences());
  });

  test("has each of the 28 defects once, in order", () => {
    expect(defects.map(({ number }) => number)).toEqual(
      Array.from({ length: 28 }, (_, i) => i + 1),
    );
  });

  test.each(defects.map((defect) => [defect.number, defect] as const))(
    "what defect %i names in proof are tests",
    (_, { tests }) => {
      expect(tests.length).toBeGreaterThan(0);
      const missing = tests.filter(
        ({ file, title, row }) => !titlesIn(file).includes(title) || !hasRow(file, row),
      );
      expect(missing).toEqual([]);
    },
  );

  test("every defect says what was seen, or why nothing can be", () => {
    for (const { shown } of defects) {
      const said = shown.by === "run" ? shown.seen : [shown.why];
      expect(said.filter((line) => line.trim() !== "")).not.toEqual([]);
    }
  });
});

/** Whether a table of the file has the row. */
function hasRow(file: string, row: string | undefined): boolean {
  return row === undefined || read(file).includes(`"${row}",`);
}

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
