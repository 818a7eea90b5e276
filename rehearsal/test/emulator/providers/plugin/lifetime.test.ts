import { ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = process.cwd();
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-"));
const bundle = path.join(directory, "providers.js");
let plugin: ChildProcess;

beforeAll(() => {
  const esbuild = path.join(root, "node_modules/.bin/esbuild");
  const entry = path.join(root, "rehearsal/emulator/providers/main.ts");
  const options = ["--bundle", "--platform=node", "--format=cjs", "--log-level=error"];
  execFileSync(esbuild, [entry, ...options, `--outfile=${bundle}`]);
});
afterAll(() => fs.rmSync(directory, { recursive: true }));
afterEach(() => plugin.kill("SIGKILL"));

/** Starts the plugin as the engine does, and gives the first line that it writes. */
async function start(): Promise<string> {
  plugin = spawn(process.execPath, [bundle, "random", "127.0.0.1:1"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [chunk] = (await once(plugin.stdout ?? plugin, "data")) as [Buffer];
  return chunk.toString();
}

it("writes its port and nothing else", async () => {
  expect(await start()).toMatch(/^\d+\n$/);
});

it("ends when the engine is gone, however it went", async () => {
  await start();
  plugin.stdin?.end();
  expect(await once(plugin, "exit")).toEqual([0, null]);
});

it.each(["SIGINT", "SIGTERM"] as const)("ends in order by %s", async (signal) => {
  await start();
  plugin.kill(signal);
  expect(await once(plugin, "exit")).toEqual([0, null]);
});
