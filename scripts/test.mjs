// `make test`: types, lint with the wording, promises, imports, spelling, format and every jest suite; the last line counts what passed and what failed.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Everything but `node_modules` and tests, which may import anything. */
const SOURCES = [
  ...[
    "index.ts",
    "member.ts",
    "gateway.ts",
    "monitoring.ts",
    "shared.ts",
    "config",
    "components",
    "customResources",
  ],
  ...["checks", "catalog", "cost", "operations", "policy-pack", "rehearsal", "scripts"],
];

/** Where checks keep results, by the content of files: times of a fresh clone say nothing. `.ci/run` begins without. */
const CACHE = "node_modules/.cache/checks";

const cacheOf = (name) => [
  ...["--cache", "--cache-strategy", "content"],
  ...["--cache-location", `${CACHE}/${name}`],
];

const checks = {
  types: [
    "node_modules/typescript7/bin/tsc",
    ...["--project", ".", "--noCheck", "false"],
    ...["--incremental", "--tsBuildInfoFile", `${CACHE}/types`],
  ],
  lint: ["node_modules/eslint/bin/eslint.js", ...cacheOf("lint"), "."],
  promises: ["node_modules/oxlint/bin/oxlint", "--type-aware"],
  imports: [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    ...["--config", ".dependency-cruiser.cjs"],
    ...["--cache", `${CACHE}/imports`, "--cache-strategy", "content"],
    ...SOURCES,
  ],
  spelling: [
    "node_modules/cspell/bin.mjs",
    ...["--no-progress", "--no-summary"],
    ...cacheOf("spelling"),
    ".",
  ],
  format: [
    "node_modules/prettier/bin/prettier.cjs",
    ...["--check", "--log-level", "warn"],
    ...cacheOf("format"),
    ".",
  ],
};

let passed = 0;
let failed = 0;

// Side by side: jest's workers wait for processes and sockets, and the checks use that time.
const suites = runSuites();
for (const [name, args] of Object.entries(checks)) {
  const { status, output } = await run(args);
  console.log(`== ${name}\n${output}`.trimEnd());
  if (status === 0) passed++;
  else failed++;
}
const { output, counts } = await suites;
console.log(`== jest\n${output}`.trimEnd());
passed += counts.passed;
failed += counts.failed;

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs every suite of jest. @returns what it printed of failures, and how many tests there were */
async function runSuites() {
  const scratch = mkdtempSync(join(tmpdir(), "inference-gateway-test-"));
  const report = join(scratch, "report.json");
  const { status, output } = await run([
    // Workers inherit these. Room for what a test throws away: Google's documents, 18 MB, would be copied again and again.
    "--max-semi-space-size=32",
    // Most code runs once or twice: optimizing it later, and collecting garbage without helpers, saves a tenth of the time.
    ...["--interrupt-budget=600000", "--single-threaded-gc"],
    "node_modules/jest/bin/jest.js",
    "--json",
    `--outputFile=${report}`,
    // What the program prints is not what a reader of the results looks for.
    "--silent",
    ...process.argv.slice(2),
  ]);
  const counts = countsOf(report);
  rmSync(scratch, { recursive: true });
  if (status !== 0 && counts.failed === 0) counts.failed++;
  return { output, counts };
}

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 }; // jest ended before it could write its report
  }
}

/** Runs a script of Node.js. @returns its exit code and what it printed */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => (output += chunk));
    }
    child.on("close", (status) => resolve({ status, output }));
  });
}
