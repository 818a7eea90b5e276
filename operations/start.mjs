// Runs a command of this folder on the stack of the current directory: `node operations/start.mjs teardown`.
// esbuild drops the types in memory, so nothing is built and nothing is kept.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

import { build } from "esbuild";

const folder = dirname(fileURLToPath(import.meta.url));
const entry = join(folder, process.argv[2] ?? "", "main.ts");
const { outputFiles } = await build({
  entryPoints: [entry],
  bundle: true,
  packages: "external",
  platform: "node",
  format: "cjs",
  target: "node20",
  sourcemap: "inline",
  sourcesContent: false,
  outdir: folder,
  write: false,
  logLevel: "error",
});

process.setSourceMapsEnabled(true);
const program = `(function (require, module, exports) {${outputFiles[0].text}\n})`;
const module = { exports: {} };
runInThisContext(program, { filename: entry })(createRequire(entry), module, module.exports);
