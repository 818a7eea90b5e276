import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { endHelpersOfEngine, helpersOfEngine, memoryOf } from "../../stage/processes";

const MIB = 2 ** 20;

test("a process's memory is what it holds, and nothing once it has ended", async () => {
  const holds = `const held = Buffer.alloc(100 * ${MIB}, 1); console.log(held.length); setInterval(() => held, 1e6)`;
  const child = spawn(process.execPath, ["-e", holds]);
  await once(child.stdout, "data");
  const memory = memoryOf(child.pid ?? 0);
  expect(memory).toBeGreaterThan(100 * MIB);
  expect(memory).toBeLessThan(200 * MIB);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(memoryOf(child.pid ?? 0)).toBe(0);
});

describe("what a killed engine leaves behind", () => {
  let directory: string;
  const running: ChildProcess[] = [];
  beforeEach(() => (directory = fs.mkdtempSync(path.join(os.tmpdir(), "helpers-"))));
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
    fs.rmSync(directory, { recursive: true });
  });

  /** Runs a script of this path for the engine of a home, until it is ended. */
  async function start(file: string, home: string): Promise<ChildProcess> {
    const script = path.join(directory, file);
    fs.mkdirSync(path.dirname(script), { recursive: true });
    fs.writeFileSync(script, "console.log('runs'); setInterval(() => {}, 1e6);");
    const env = { ...process.env, PULUMI_HOME: home };
    const child = spawn(process.execPath, [script], { env });
    running.push(child);
    await once(child.stdout, "data");
    return child;
  }

  test.each([
    ["a language host", "pulumi-language-nodejs"],
    ["the program that it runs", "node_modules/@pulumi/pulumi/cmd/run/index.js"],
    ["a policy pack", "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js"],
    ["a provider", "pulumi-resource-gcp"],
  ])("%s is ended, and that of another engine is not", async (_, file) => {
    const [own, other] = [await start(file, "/engine/one"), await start(file, "/engine/two")];
    const ended = once(own, "exit");
    endHelpersOfEngine("/engine/one");
    expect(await ended).toEqual([null, "SIGKILL"]);
    expect(other.exitCode).toBeNull();
    expect(other.signalCode).toBeNull();
  });

  test("a program that still runs is found", async () => {
    const { pid } = await start("node_modules/@pulumi/pulumi/cmd/run/index.js", "/engine/one");
    expect(helpersOfEngine("/engine/one").map((each) => each.pid)).toEqual([pid]);
  });
});
