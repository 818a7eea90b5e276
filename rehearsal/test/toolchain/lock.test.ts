import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { withLock } from "../../toolchain/lock";
import { Sandbox } from "./support";

let sandbox: Sandbox;
let lock: string;
beforeEach(() => {
  sandbox = new Sandbox();
  lock = path.join(sandbox.cacheDir, "lock");
  fs.mkdirSync(sandbox.cacheDir);
});
afterEach(() => sandbox.remove());

test("one at a time, the other waits and says for whom", async () => {
  const events: string[] = [];
  const first = withLock(lock, {}, async () => {
    events.push("first in");
    await sleep(400);
    events.push("first out");
  });
  while (events.length === 0) await sleep(5);
  const onWait = jest.fn();
  await withLock(lock, { onWait }, async () => {
    events.push("second in");
  });
  await first;
  expect(events).toEqual(["first in", "first out", "second in"]);
  expect(onWait.mock.calls).toEqual([[process.pid]]);
  expect(sandbox.cached()).toEqual([]);
});

test("where the second is not to wait it fails at once and names the first", async () => {
  const body = jest.fn();
  await withLock(lock, {}, async () => {
    const second = withLock(lock, { whenHeld: "fail" }, body);
    await expect(second).rejects.toThrow(`process ${process.pid} holds the lock ${lock}`);
    expect(sandbox.cached()).toEqual(["lock"]);
  });
  expect(body).not.toHaveBeenCalled();
  expect(sandbox.cached()).toEqual([]);
});

test("of many that are not to wait one gets in, also past a dead process", async () => {
  fs.writeFileSync(lock, JSON.stringify({ pid: await deadPid(), started: "1" }));
  const refused: string[] = [];
  const othersRefused = async () => {
    while (refused.length < 4) await sleep(5);
  };
  const attempts = Array.from({ length: 5 }, () =>
    withLock(lock, { whenHeld: "fail" }, othersRefused).catch((error: unknown) => {
      refused.push(String(error));
    }),
  );
  await Promise.all(attempts);
  const reason = `LockHeld: process ${process.pid} holds the lock ${lock}`;
  expect(refused).toEqual([reason, reason, reason, reason]);
});

test("is given back by a body that fails", async () => {
  const failing = async () => {
    throw new Error("build failed");
  };
  await expect(withLock(lock, {}, failing)).rejects.toThrow("build failed");
  expect(await withLock(lock, {}, async () => "in")).toBe("in");
});

test.each<[string, () => Promise<string>]>([
  ["a dead process", async () => JSON.stringify({ pid: await deadPid(), started: "1" })],
  [
    "a dead process whose pid another has by now",
    async () => JSON.stringify({ pid: process.pid, started: "1" }),
  ],
  ["nobody: it is not a lock's content", async () => "{"],
])("of %s is taken over", async (_, content) => {
  fs.writeFileSync(lock, await content());
  const onWait = jest.fn();
  expect(await withLock(lock, { onWait }, async () => "in")).toBe("in");
  expect(onWait).not.toHaveBeenCalled();
  expect(sandbox.cached()).toEqual([]);
});

test("of a dead process is taken over, though another has died while it did just that", async () => {
  const dead = JSON.stringify({ pid: await deadPid(), started: "1" });
  fs.writeFileSync(lock, dead);
  fs.writeFileSync(`${lock}.takeover`, dead);
  expect(await withLock(lock, {}, async () => "in")).toBe("in");
  expect(sandbox.cached()).toEqual([]);
});

test("of a dead process is taken over by one of many only", async () => {
  fs.writeFileSync(lock, JSON.stringify({ pid: await deadPid(), started: "1" }));
  let inside = 0;
  let most = 0;
  const body = async () => {
    most = Math.max(most, ++inside);
    await sleep(20);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(lock, {}, body)));
  expect(most).toBe(1);
});

test("waiting ends when told to", async () => {
  const stop = new AbortController();
  await withLock(lock, {}, async () => {
    const waiting = withLock(lock, { signal: stop.signal, onWait: () => stop.abort() }, jest.fn());
    await expect(waiting).rejects.toThrow("aborted");
  });
  expect(sandbox.cached()).toEqual([]);
});

async function deadPid(): Promise<number> {
  const child = spawn("/bin/true");
  await once(child, "exit");
  return child.pid ?? 0;
}
