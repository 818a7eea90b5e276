import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { answerOf, run } from "../../toolchain/processes";
import { Sandbox } from "./support";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

test("gives code and output, and each line of standard error as it comes", async () => {
  const lines: string[] = [];
  const script = sandbox.script("tool", 'echo "out $1"; echo one >&2; echo two >&2; exit 3');
  const result = await run(script, ["x"], { onErrorLine: (line) => lines.push(line) });
  expect(result).toEqual({ code: 3, stdout: "out x\n", stderr: "one\ntwo\n" });
  expect(lines).toEqual(["one", "two"]);
});

test("rejects where there is no such program", async () => {
  await expect(run("/nowhere/tool", [])).rejects.toThrow("spawn /nowhere/tool ENOENT");
});

test.each([
  ["keeps the pipes open", ""],
  ["has let go of the pipes", " > /dev/null 2>&1"],
])("a signal ends the process, and a child that ignores a polite end and %s", async (_, to) => {
  const pids = path.join(sandbox.root, "pids");
  const note = `echo $$ >> ${pids}`;
  const child = sandbox.script("child", `trap '' TERM; ${note}; while :; do /bin/sleep 60; done`);
  const parent = sandbox.script("parent", `${note}; ${child}${to} & wait`);
  const stop = new AbortController();
  const running = run(parent, [], { signal: stop.signal });
  await until(() => noted(pids).length === 2);

  stop.abort(new Error("interrupted"));

  await expect(running).rejects.toThrow("interrupted");
  // The kernel takes a moment between closing a killed process's files and forgetting it.
  await until(() => !noted(pids).some(isRunning));
});

test("an answer is what a program prints on both streams, and nothing where it fails", async () => {
  const context = { env: sandbox.env() };
  const talks = sandbox.script("talks", "echo out; echo err >&2");
  const fails = sandbox.script("fails", "echo out; exit 1");
  expect(await answerOf(talks, [], context)).toBe("out\nerr\n");
  expect(await answerOf(fails, [], context)).toBeUndefined();
  expect(await answerOf("/nowhere/tool", [], context)).toBeUndefined();
});

function noted(pids: string): string[] {
  return fs.existsSync(pids) ? fs.readFileSync(pids, "utf8").trim().split("\n") : [];
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries === 400) throw new Error(`not so after 4 s: ${condition}`);
    await sleep(10);
  }
}

function isRunning(pid: string): boolean {
  try {
    return !fs.readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
