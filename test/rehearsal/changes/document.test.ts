import * as fs from "node:fs";
import * as path from "node:path";

import { changesDocs } from "../../../rehearsal/changes/document";

test("docs/changes.md is what the table says; `make docs` writes it anew", () => {
  const page = path.resolve(__dirname, "../../../docs/changes.md");
  expect(fs.readFileSync(page, "utf8")).toBe(changesDocs());
});

test("a cell of the table breaks no column", () => {
  const rows = changesDocs()
    .split("\n")
    .filter((line) => line.startsWith("|"));
  const columns = new Set(rows.map((row) => row.split(" | ").length));
  expect([...columns].sort()).toEqual([2, 5]);
});
