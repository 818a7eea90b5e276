import { build } from "esbuild";
import * as path from "node:path";

const PACK = path.resolve(__dirname, "..");

/** As the package's own `npm run build` does, but for the file that it would write. */
async function importsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(PACK, entry)],
    bundle: true,
    platform: "node",
    packages: "external",
    write: false,
    metafile: true,
  });
  const outside = Object.keys(metafile.inputs).filter((file) => {
    return path.relative(PACK, path.resolve(file)).startsWith("..");
  });
  expect(outside).toEqual([]);
  return Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.map(({ path: name }) => name),
  );
}

test("the built policies load no package at all, so no provider's SDK", async () => {
  expect(await importsOf("index.ts")).toEqual([]);
});

test("the summary reads files, and loads nothing else", async () => {
  expect(await importsOf("summary/main.ts")).toEqual(["node:fs"]);
});
