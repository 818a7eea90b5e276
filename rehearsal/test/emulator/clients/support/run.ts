import { execFile } from "node:child_process";
import * as path from "node:path";

import { build } from "esbuild";

import type { JsonObject } from "../../../../emulator/cloud/json";
import { rehearsalEnv } from "../../../../stage/variables";
import type { Directories } from "../../../../stage/directories";
import type { TestCloud } from "../../cloud/support/testCloud";

/** Where the libraries are found. */
const WORKSPACE = path.resolve(__dirname, "../../../..");
/** Of one client. Far more than it takes: what hangs is ended. */
export const LIMIT_MS = 60_000;

/**
 * Runs a client of Google's, `../<name>.ts`, in a process of its own with the environment of a rehearsal: what a process
 * trusts is settled when it starts.
 * @returns what it printed @throws Error with what it said on stderr, where it fails
 */
export async function runClient(name: string, cloud: TestCloud): Promise<JsonObject> {
  const code = await bundled(path.resolve(__dirname, "..", `${name}.ts`));
  const { stateDir: state, url, token } = cloud;
  const directories = {
    state,
    cloud: state,
    engine: state,
    bin: state,
    temporary: state,
  } as Directories;
  const env = rehearsalEnv(directories, url, token, []);
  return new Promise((resolve, reject) => {
    const options = {
      cwd: WORKSPACE,
      env,
      timeout: LIMIT_MS,
      killSignal: "SIGKILL",
      maxBuffer: 64 * 1024 * 1024,
    } as const;
    const child = execFile(process.execPath, ["-"], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${name}: ${stderr || error.message}`));
      else resolve(JSON.parse(stdout) as JsonObject);
    });
    child.stdin?.end(code);
  });
}

/** As it is told to Node.js on stdin: our own files in one, Google's libraries as they are installed. */
async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    packages: "external",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
