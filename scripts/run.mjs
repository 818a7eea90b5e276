// `node scripts/run.mjs docs`: bundles `scripts/docs/main.ts` and runs it, in the checkout.
import { spawnSync } from "node:child_process";

import { build } from "esbuild";

const [script] = process.argv.slice(2);
const { outputFiles } = await build({
  entryPoints: [`scripts/${script}/main.ts`],
  bundle: true,
  platform: "node",
  packages: "external",
  write: false,
  logLevel: "error",
});
const { status } = spawnSync(process.execPath, ["-"], {
  input: outputFiles[0].text,
  stdio: ["pipe", "inherit", "inherit"],
});
process.exit(status ?? 1);
