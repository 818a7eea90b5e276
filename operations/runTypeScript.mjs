// esbuild drops the types in memory, so nothing is built and nothing is kept.
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { runInThisContext } from "node:vm";

import { build } from "esbuild";

/** Runs a program in TypeScript in this process. @param entry its absolute path */
export async function runTypeScript(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    sourcesContent: false,
    outdir: dirname(entry),
    write: false,
    logLevel: "error",
  });
  process.setSourceMapsEnabled(true);
  const program = `(function (require, module, exports) {${outputFiles[0].text}\n})`;
  const module = { exports: {} };
  runInThisContext(program, { filename: entry })(createRequire(entry), module, module.exports);
}
