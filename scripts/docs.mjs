// `make docs`: bundles the generators and runs them, in the checkout.
import { spawnSync } from "node:child_process";

import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: ["scripts/docs/main.ts"],
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
