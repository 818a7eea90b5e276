import * as fs from "node:fs";
import * as path from "node:path";

import { filledIn } from "../../rehearsal/emulator/cloud/tables/filledIn";
import { filledInDocs } from "../../scripts/docs/filledIn";

test("docs/filled-in.md is what the emulated cloud fills in; `make docs` writes it anew", () => {
  const page = path.resolve(__dirname, "../../docs/filled-in.md");
  expect(fs.readFileSync(page, "utf8")).toBe(filledInDocs());
});

test("the emulated cloud's README names each kind that has something filled in", () => {
  const readme = path.resolve(__dirname, "../../rehearsal/emulator/cloud/README.md");
  const [, section = ""] = fs
    .readFileSync(readme, "utf8")
    .split("\n## Defaults that Google adds\n");
  const [rows = ""] = section.split("\n## ");
  const counts = [...rows.matchAll(/^\| ([^|]+) \| (\d+) \|/gm)].map(([, kind, count]) => [
    kind,
    Number(count),
  ]);
  expect(counts).toEqual(Object.entries(filledIn).map(([kind, table]) => [kind, table.length]));
});
