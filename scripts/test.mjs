// `make test`: types, lint, imports, format and every jest suite; the last line counts what passed and what failed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Everything but `node_modules` and tests, which may import anything. */
const SOURCES = [
  ...["index.ts", "member.ts", "gateway.ts", "config", "components", "customResources"],
  ...["checks", "catalog", "cost", "operations", "policy-pack", "rehearsal", "scripts"],
];

const checks = {
  types: ["node_modules/typescript7/bin/tsc", "--project", ".", "--noCheck", "false"],
  lint: ["node_modules/eslint/bin/eslint.js", "."],
  imports: [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    ...["--config", ".dependency-cruiser.cjs"],
    ...SOURCES,
  ],
  format: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."],
};

let passed = 0;
let failed = 0;
for (const [name, args] of Object.entries(checks)) {
  console.log(`== ${name}`);
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status === 0) passed++;
  else failed++;
}

console.log("== jest");
const scratch = mkdtempSync(join(tmpdir(), "inference-gateway-test-"));
const report = join(scratch, "report.json");
const jest = [
  "node_modules/jest/bin/jest.js",
  "--json",
  `--outputFile=${report}`,
  // What the program prints is not what a reader of the results looks for.
  "--silent",
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, jest, { stdio: ["ignore", "ignore", "inherit"] });
try {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  passed += numPassedTests;
  failed += numFailedTests + numRuntimeErrorTestSuites;
} catch {
  failed++; // jest ended before it could write its report
}
if (status !== 0 && failed === 0) failed++;
rmSync(scratch, { recursive: true });

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
