import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { vitalsOf } from "../../../scenarios/traffic/vitals";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vitals-"));
const children: ChildProcess[] = [];

/** A process whose program has this name. */
async function run(name: string): Promise<number> {
  const program = path.join(folder, name);
  fs.copyFileSync("/bin/sleep", program);
  const child = spawn(program, ["600"]);
  children.push(child);
  await once(child, "spawn");
  return child.pid ?? 0;
}

afterAll(async () => {
  for (const child of children) {
    child.kill();
    await once(child, "close");
  }
  fs.rmSync(folder, { recursive: true });
});

test("what carries requests is looked at, and the daemon; nothing else", async () => {
  const [proxy] = [await run("envoy"), await run("kube-apiserver")];
  const seen = vitalsOf(process.pid);
  expect(seen.map(({ pid, program }) => [pid, program])).toEqual([
    [process.pid, "daemon"],
    [proxy, "envoy"],
  ]);
  for (const { files, memoryMib } of seen) {
    expect(files).toBeGreaterThan(0);
    expect(memoryMib).toBeGreaterThan(0);
  }
});

test("a file that stays open is seen", () => {
  const filesNow = () => vitalsOf(process.pid)[0]?.files ?? 0;
  const before = filesNow();
  const open = Array.from({ length: 10 }, () => fs.openSync("/dev/null", "r"));
  expect(filesNow() - before).toBe(10);
  open.forEach((file) => fs.closeSync(file));
  expect(filesNow() - before).toBe(0);
});
