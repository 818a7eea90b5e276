// Bundles the rehearsal's entry points into its state directory and runs one of them: `node start.mjs <entry> [args]`.
// Bundled, they start in a quarter of a second.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const checkout = resolve(here, "..");
const stateHome = process.env.XDG_STATE_HOME ?? join(homedir(), ".local", "state");
const id = createHash("sha256").update(checkout).digest("hex").slice(0, 12);
const state = process.env.REHEARSAL_STATE ?? join(stateHome, "inference-gateway", id);
const library = join(state, "lib");

const entryPoints = {
  ...Object.fromEntries(commandFiles().map((file) => [basename(file, ".ts"), file])),
  verify: join(here, "stage/verify/main.ts"),
  cloud: join(here, "emulator/cloud/main.ts"),
  providers: join(here, "emulator/providers/main.ts"),
  "gke-gcloud-auth-plugin": join(here, "emulator/gke/authPlugin/main.ts"),
  "policy-pack": join(checkout, "policy-pack/index.ts"),
};

/** What runs the program's own components, on the SDK that they have in the checkout. */
const onSdk = {
  chart: join(here, "scenarios/chart/main.ts"),
  program: join(here, "scenarios/bench/program.ts"),
  judging: join(here, "scenarios/bench/judging.ts"),
  "mutants-program": join(here, "scenarios/mutants/program.ts"),
};

const options = {
  outdir: library,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  sourcemap: "linked",
  logLevel: "error",
};

/** Each make target of the rehearsal is a file of its name. */
function commandFiles() {
  const folder = join(here, "commands");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

const entry = process.argv[2];
mkdirSync(library, { recursive: true });
await Promise.all([
  build({ ...options, entryPoints }),
  build({ ...options, entryPoints: onSdk, external: ["@pulumi/*"] }),
]);

process.setSourceMapsEnabled(true);
process.env.REHEARSAL_STATE = state;
process.env.REHEARSAL_CHECKOUT = checkout;
process.argv.splice(1, 2, join(library, `${entry}.cjs`));
await import(process.argv[1]);
