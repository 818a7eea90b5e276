// Bundles the rehearsal's entry points into its state directory and runs one of them: `node start.mjs <entry> [args]`.
// Bundled, they start in a quarter of a second.
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const checkout = resolve(here, "..");
const stateHome = process.env.XDG_STATE_HOME ?? join(homedir(), ".local", "state");
const id = createHash("sha256").update(checkout).digest("hex").slice(0, 12);
const state = process.env.REHEARSAL_STATE ?? join(stateHome, "inference-gateway", id);
const library = join(state, "lib");

const entryPoints = {
  rehearse: join(here, "rehearse/main.ts"),
  clean: join(here, "clean/main.ts"),
  drill: join(here, "drill/main.ts"),
  changes: join(here, "changes/main.ts"),
  "how-to": join(here, "howTo/main.ts"),
  judge: join(here, "judge/main.ts"),
  mutants: join(here, "mutants/main.ts"),
  bench: join(here, "bench/main.ts"),
  recover: join(here, "recover/main.ts"),
  verify: join(here, "verify/main.ts"),
  cloud: join(here, "cloud/main.ts"),
  providers: join(here, "providers/main.ts"),
  "gke-gcloud-auth-plugin": join(here, "gke/authPlugin/main.ts"),
  policies: join(checkout, "policy-pack/index.ts"),
};

/** What runs the program's own components, on the SDK that they have in the checkout. */
const onSdk = {
  chart: join(here, "chart/main.ts"),
  program: join(here, "bench/program.ts"),
  judging: join(here, "bench/judging.ts"),
  "mutants-program": join(here, "mutants/program.ts"),
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
