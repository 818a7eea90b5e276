// How jest reads TypeScript, and packages that ship as ES modules only: esbuild drops the types, `make test` has checked them.
const { transformSync } = require("esbuild");

module.exports = {
  process(source, file) {
    return transformSync(source, {
      loader: file.endsWith(".ts") ? "ts" : "js",
      format: "cjs",
      target: "node20",
      supported: { "dynamic-import": false },
      sourcefile: file,
      sourcemap: "both",
    });
  },
};
