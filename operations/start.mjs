// Runs a command of this folder on the stack of the current directory: `node operations/start.mjs teardown`.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { runTypeScript } from "./runTypeScript.mjs";

const folder = dirname(fileURLToPath(import.meta.url));
await runTypeScript(join(folder, process.argv[2] ?? "", "main.ts"));
