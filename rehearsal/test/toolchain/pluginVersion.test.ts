import { listen, type Provider } from "../../emulator/providers/plugin";
import { pluginVersion } from "../../toolchain/pluginVersion";
import { Sandbox } from "./support";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

const env = { PATH: process.env.PATH };

test("a plugin is asked at the port that it prints, and ended", async () => {
  const provider = { name: "some", version: "9.37.0" } as Provider;
  const server = await listen(provider);
  const ended = `${sandbox.root}/pid`;
  const file = sandbox.script("plugin", `echo $$ > ${ended}; echo ${server.port}; exec sleep 60`);
  expect(await pluginVersion(file, { env })).toBe("9.37.0");
  server.close();
  const pid = Number(sandbox.read("pid"));
  // A process that has ended stays until its end is read.
  while (isAlive(pid)) await new Promise(setImmediate);
});

test.each([
  ["ends at once", "exit 1"],
  ["prints no port", "echo hello"],
  ["prints a port where nothing answers", "echo 1; exec sleep 60"],
])("one that %s says nothing", async (_case, body) => {
  expect(await pluginVersion(sandbox.script("plugin", body), { env })).toBeUndefined();
});

test("one that is no program says nothing", async () => {
  expect(await pluginVersion(`${sandbox.root}/none`, { env })).toBeUndefined();
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
