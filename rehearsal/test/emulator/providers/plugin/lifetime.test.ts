import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { build } from "esbuild";

const root = process.cwd();
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-"));
const bundle = path.join(directory, "providers.js");
let plugin: ChildProcess;

beforeAll(async () => {
  await build({
    entryPoints: [path.join(root, "rehearsal/emulator/providers/main.ts")],
    ...{ bundle: true, platform: "node", format: "cjs", logLevel: "error" },
    outfile: bundle,
  });
});
afterAll(() => fs.rmSync(directory, { recursive: true }));
afterEach(() => plugin.kill("SIGKILL"));

/** Starts the plugin as the engine does, and checks that it writes its port and nothing else. */
async function start(): Promise<void> {
  plugin = spawn(process.execPath, [bundle, "random", "127.0.0.1:1"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [chunk] = (await once(plugin.stdout ?? plugin, "data")) as [Buffer];
  expect(chunk.toString()).toMatch(/^\d+\n$/);
}

it("writes its port and nothing else, and ends when the engine is gone, however it went", async () => {
  await start();
  plugin.stdin?.end();
  expect(await once(plugin, "exit")).toEqual([0, null]);
});

it.each(["SIGINT", "SIGTERM"] as const)("ends in order by %s", async (signal) => {
  await start();
  plugin.kill(signal);
  expect(await once(plugin, "exit")).toEqual([0, null]);
});
