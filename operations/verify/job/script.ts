import * as path from "node:path";

import { build } from "esbuild";

/** The verification as one file of JavaScript that needs nothing but Node. It stays readable: people look into Jobs. */
export async function bundledScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, "main.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
