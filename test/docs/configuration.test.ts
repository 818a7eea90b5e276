import * as fs from "node:fs";
import * as path from "node:path";

import { configurationDocs } from "../../scripts/docs/configuration";

test("docs/configuration.md is what the schema says; `make docs` writes it anew", () => {
  const page = path.resolve(__dirname, "../../docs/configuration.md");
  expect(fs.readFileSync(page, "utf8")).toBe(configurationDocs());
});
