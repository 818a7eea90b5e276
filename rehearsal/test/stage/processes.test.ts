import { spawn } from "node:child_process";
import { once } from "node:events";

import { memoryOf } from "../../stage/processes";

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
