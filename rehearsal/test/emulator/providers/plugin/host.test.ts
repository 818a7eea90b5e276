import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { build } from "esbuild";

import { writeCommands } from "../../../../stage/commands";
import { directoriesBelow } from "../../../../stage/directories";
import { processesOf } from "../../../../stage/processes";

const root = process.cwd();
const state = fs.mkdtempSync(path.join(os.tmpdir(), "host-"));
const directories = directoriesBelow(state, root, path.join(state, "lib"));
const hosts = path.join(directories.bin, "hosts");
let plugins: ChildProcess[] = [];

beforeAll(async () => {
  await build({
    entryPoints: [path.join(root, "rehearsal/emulator/providers/main.ts")],
    ...{ bundle: true, platform: "node", format: "cjs", logLevel: "error" },
    outfile: path.join(directories.library, "providers.cjs"),
  });
});
beforeEach(() => writeCommands(directories, { standIns: ["gcp", "random"], pulumi: "pulumi" }));
afterEach(async () => {
  for (const plugin of plugins) plugin.kill("SIGKILL");
  plugins = [];
  await until(() => hostsRunning() === 0);
});
afterAll(() => fs.rmSync(state, { recursive: true }));

/** Starts a plugin as the engine at this port does, and gives the port of its server. */
async function start(name: string, engine = "127.0.0.1:4711"): Promise<number> {
  const env = { ...process.env, REHEARSAL_CLOUD_URL: "http://127.0.0.1:1" };
  const file = path.join(directories.bin, `pulumi-resource-${name}`);
  const plugin = spawn(file, [engine], { stdio: ["pipe", "pipe", "inherit"], env });
  plugins.push(plugin);
  const [chunk] = (await once(plugin.stdout, "data")) as [Buffer];
  expect(chunk.toString()).toMatch(/^\d+\n$/);
  return Number(chunk.toString());
}

function hostsRunning(): number {
  return processesOf(state).filter(({ command }) => command.includes("providers.cjs host")).length;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}

async function answers(port: number): Promise<boolean> {
  const socket = net.connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

it("serves every plugin of a command from one process, each on a port of its own", async () => {
  const ports = [await start("gcp"), await start("random"), await start("random")];
  expect(new Set(ports).size).toBe(3);
  expect(hostsRunning()).toBe(1);
  expect(fs.readdirSync(hosts)).toEqual(["4711"]);
});

it("gives another command a process of its own", async () => {
  await start("random");
  await start("random", "127.0.0.1:4712");
  expect(hostsRunning()).toBe(2);
});

it("ends a plugin's server with the plugin, and no other, also when it was the first", async () => {
  const [first, second] = [await start("random"), await start("random")];
  plugins[0]?.kill("SIGKILL");
  await until(async () => !(await answers(first)));
  expect(await answers(second)).toBe(true);
});

it("ends with its last plugin", async () => {
  await start("random");
  await start("random");
  // An engine that is gone no longer holds the pipes.
  for (const plugin of plugins) plugin.stdin?.end();
  await until(() => hostsRunning() === 0);
  expect(fs.readdirSync(hosts)).toEqual([]);
  await until(() => plugins.every(({ exitCode }) => exitCode !== null));
  expect(plugins.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
});

it("is started anew where a killed one has left its port", async () => {
  fs.writeFileSync(path.join(hosts, "4711"), "1\n");
  await start("random");
  expect(hostsRunning()).toBe(1);
});
