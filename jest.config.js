const { availableParallelism } = require("node:os");

/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/**/test/**/*.test.ts"],
  // One context for all files of a worker, since they share the packages: `instanceof` holds between them.
  testEnvironment: "jest-environment-node-single-context",
  runtime: "<rootDir>/scripts/jest/runtime.js",
  globalSetup: "<rootDir>/scripts/jest/globalSetup.ts",
  transform: { "\\.[cm]?[jt]s$": "<rootDir>/scripts/jest/transform.js" },
  // No test depends on the speed of the machine: this only ends one that hangs.
  testTimeout: 120_000,
  // Suites that start processes wait for a third of their time.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
