/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/**/test/**/*.test.ts"],
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/support/globalSetup.ts",
  // On two cores jest would leave one of them idle.
  maxWorkers: "100%",
  transform: { "\\.[cm]?[jt]s$": "<rootDir>/test/support/transform.js" },
  // Packages that ship as ES modules only.
  transformIgnorePatterns: [
    "/node_modules/(?!(execa|@kubernetes/client-node|openid-client|oauth4webapi|jose|is-plain-obj|is-stream|get-stream|figures|strip-final-newline|npm-run-path|path-key|parse-ms|pretty-ms|yoctocolors|is-unicode-supported|unicorn-magic|@sindresorhus/merge-streams|@sec-ant/readable-stream|human-signals)/)",
  ],
};
