// `make test`: types, lint with the wording, promises, imports, spelling, format and every jest suite; the last line counts what passed and what failed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  format: ["node_modules/oxfmt/bin/oxfmt", "--check"],
};

let passed = 0;
let failed = 0;

// Side by side: jest's workers wait for processes and sockets, and the checks use that time.
const suites = runSuites();
const files = fingerprint();
for (const [name, args] of Object.entries(checks)) {
  const { status, output } = await runUnlessPassed(name, args, files);
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

/** Runs a check, unless every file of the checkout is as it was when the check last passed. */
async function runUnlessPassed(name, args, files) {
  const stamp = `${CACHE}/${name}.passed`;
  if (files !== undefined && existsSync(stamp) && readFileSync(stamp, "utf8") === files) {
    return { status: 0, output: "no file has changed since this passed" };
  }
  const result = await run(args);
  // Whoever edits a file meanwhile has it checked by the next run.
  if (result.status === 0 && files !== undefined && fingerprint() === files) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(stamp, files);
  }
  return result;
}

/** Names and contents of all files but ignored ones, the lock of the packages among them; undefined without Git. */
function fingerprint() {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { status, stdout } = spawnSync("git", list, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) return undefined;
  const hash = createHash("sha256").update(process.version);
  for (const file of stdout.split("\0").filter((name) => existsSync(name))) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Runs every suite of jest. @returns what it printed of failures, and how many tests there were */
async function runSuites() {
  const scratch = mkdtempSync(join(tmpdir(), "inference-gateway-test-"));
  const report = join(scratch, "report.json");
  const args = [
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
  ];
  const { status, output } = await run(args, { ...process.env, SHARED_RESULTS: scratch });
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
function run(args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => (output += chunk));
    }
    child.on("close", (status) => resolve({ status, output }));
  });
}
