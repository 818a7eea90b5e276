// esbuild drops the types in memory, so nothing is built and nothing is kept.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { runInThisContext } from "node:vm";

import { build } from "esbuild";

/** In a bundle, `__dirname` of each file would be the entry's folder. On the first line, it moves no other line. */
const ownFolders = {
  name: "own-folders",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes("__dirname")) return undefined;
      const folder = JSON.stringify(dirname(path));
      return { contents: `const __dirname = ${folder};${source}`, loader: "ts" };
    });
  },
};

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
    plugins: [ownFolders],
    logLevel: "error",
  });
  process.setSourceMapsEnabled(true);
  const program = `(function (require, module, exports) {${outputFiles[0].text}\n})`;
  const module = { exports: {} };
  runInThisContext(program, { filename: entry })(createRequire(entry), module, module.exports);
}
