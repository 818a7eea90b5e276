import * as fs from "node:fs";
import * as path from "node:path";

import { rolesDocs } from "../../scripts/docs/roles";

test("docs/roles.md is what the table says; `make docs` writes it anew", () => {
  const page = path.resolve(__dirname, "../../docs/roles.md");
  expect(fs.readFileSync(page, "utf8")).toBe(rolesDocs());
});
