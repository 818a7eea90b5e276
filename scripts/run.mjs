// Runs a script of this folder in the checkout: `node scripts/run.mjs docs` runs `scripts/docs/main.ts`.
import { resolve } from "node:path";

import { runTypeScript } from "../operations/runTypeScript.mjs";

await runTypeScript(resolve("scripts", process.argv[2] ?? "", "main.ts"));
