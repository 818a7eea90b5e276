// esbuild drops the types in memory, so nothing is built and nothing is kept.
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname } from "node:path";

import "./lateModules.js";

// Before an `import` of it, Node would search its source for the names that it exports, a third of a short command.
const { build } = createRequire(import.meta.url)("esbuild");

/** In a bundle, `__dirname` of each file would be the entry's folder. On the first line, it moves no other line. */
const ownFolders = {
  name: "own-folders",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      // A promise for each file would take longer than the reading.
      const source = readFileSync(path, "utf8");
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
    // Becomes `require`, the one that gives all names of a CommonJS package.
    supported: { "dynamic-import": false },
    sourcemap: "inline",
    sourcesContent: false,
    // Node has read the program's map by now. It would read those of packages too, and map each stack that the SDK takes.
    banner: { js: "process.setSourceMapsEnabled(false);" },
    outdir: dirname(entry),
    write: false,
    plugins: [ownFolders],
    logLevel: "error",
  });
  const program = new Module(entry);
  program.filename = entry;
  program.paths = Module._nodeModulePaths(dirname(entry));
  process.setSourceMapsEnabled(true);
  process.once("uncaughtExceptionMonitor", () => process.setSourceMapsEnabled(true));
  program._compile(outputFiles[0].text, entry);
}
