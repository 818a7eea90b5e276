// Runs a script of this folder on the current directory: `node scripts/run.mjs docs` runs `scripts/docs/main.ts`.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { runTypeScript } from "../operations/runTypeScript.mjs";

const folder = dirname(fileURLToPath(import.meta.url));
await runTypeScript(join(folder, process.argv[2] ?? "", "main.ts"));
