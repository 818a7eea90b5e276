import * as fs from "node:fs";
import * as path from "node:path";

import { policyDocs } from "../../scripts/docs/policies";

test("docs/policies.md is what the policies say; `make docs` writes it anew", () => {
  const page = path.resolve(__dirname, "../../docs/policies.md");
  expect(fs.readFileSync(page, "utf8")).toBe(policyDocs());
});
