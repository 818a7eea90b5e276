import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import { Command, ManagedProcess } from "../../../../emulator/gke/controlPlane/managedProcess";
import { WATCHDOG } from "../../../../emulator/gke/controlPlane/watchdog";

let directory = "";
beforeEach(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), "managed-"));
});
afterEach(() => fs.rm(directory, { recursive: true }));

/** A shell script in place of a server. It works on files in its own directory, as those do. */
function command(script: string): Command {
  return {
    title: "server of gke-east",
    binary: "/bin/sh",
    args: ["-c", script, `--data=${directory}`],
    log: path.join(directory, "server.log"),
    pidFile: path.join(directory, "server.pid"),
  };
}

const SERVES = "echo serving; exec sleep 60";
const started = async () => (await fs.readFile(path.join(directory, "server.log"), "utf8")) !== "";

function runs(pid: number | undefined): boolean {
  return pid !== undefined && spawnSync("kill", ["-0", String(pid)]).status === 0;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("it did not come true");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("a process that is started runs until it is stopped, and leaves no pid file", async () => {
  const server = new ManagedProcess(command(SERVES));
  expect(server.pid).toBeUndefined();
  await server.start(started);
  const { pid } = server;
  expect(runs(pid)).toBe(true);
  expect(server.problem).toBeUndefined();
  await server.stop();
  expect([runs(pid), server.pid]).toEqual([false, undefined]);
  expect(await fs.readdir(directory)).toEqual(["server.log"]);
});

test("one that is changed is another process, with the other arguments", async () => {
  const server = new ManagedProcess(command(SERVES));
  await server.start(started);
  const { pid } = server;
  const upgraded = async () =>
    (await fs.readFile(path.join(directory, "server.log"), "utf8")).includes("upgraded");
  const script = "echo upgraded; exec sleep 60";
  await server.change(["-c", script, `--data=${directory}`], upgraded);
  expect([runs(pid), runs(server.pid), server.problem]).toEqual([false, true, undefined]);
  await server.stop();
});

test("one that ends before it serves is told with its last words and its log", async () => {
  const server = new ManagedProcess(
    command("echo one; echo bind: address already in use >&2; exit 3"),
  );
  await expect(server.start(async () => false)).rejects.toThrow(
    `server of gke-east ended with code 3 before it served; the end of its log ${directory}/server.log:\n` +
      "  one\n  bind: address already in use",
  );
});

test("one that ends without a word is told so", async () => {
  const server = new ManagedProcess(command("exit 1"));
  await expect(server.start(async () => false)).rejects.toThrow(
    `server of gke-east ended with code 1 before it served; its log ${directory}/server.log is empty`,
  );
});

test("one that is never ready is ended", async () => {
  const server = new ManagedProcess(command(SERVES));
  await expect(server.start(async () => false, 300)).rejects.toThrow(
    `server of gke-east is not ready after 300 ms; the end of its log ${directory}/server.log:\n  serving`,
  );
  expect(server.pid).toBeUndefined();
});

test("one that is killed is told, and started again after two seconds", async () => {
  const server = new ManagedProcess(command(SERVES));
  await server.start(started);
  const first = server.pid;
  spawnSync("kill", ["-KILL", String(first)]);
  const killed = Date.now();
  await until(() => server.problem !== undefined);
  expect(server.problem).toBe(
    `server of gke-east ended with code 137 and is started again; its log is ${directory}/server.log`,
  );
  await until(() => server.pid !== undefined);
  expect(Date.now() - killed).toBeGreaterThan(1900);
  expect(server.pid).not.toBe(first);
  const second = server.pid;
  await server.stop();
  expect(runs(second)).toBe(false);
});

test("what an earlier daemon left behind is ended first", async () => {
  const server = {
    ...command(""),
    binary: process.execPath,
    args: ["-e", "console.log(1); setInterval(() => undefined, 1000)", "--", `--data=${directory}`],
  };
  const left = spawn(server.binary, server.args.with(-1, `--old=${directory}`), {
    stdio: "ignore",
  });
  // The kernel shows a new program's arguments only a moment after it has begun.
  await until(async () =>
    (await fs.readFile(`/proc/${left.pid}/cmdline`, "utf8")).includes("--old="),
  );
  await fs.writeFile(server.pidFile, `${left.pid}\n`);
  const ended = new Promise((resolve) => left.once("exit", (_code, signal) => resolve(signal)));
  const managed = new ManagedProcess(server);
  await managed.start(started);
  expect(await ended).toBe("SIGKILL");
  await managed.stop();
});

test("another program that has got the same process id lives on", async () => {
  const other = spawn("sleep", ["60"], { stdio: "ignore" });
  await fs.writeFile(command("").pidFile, `${other.pid}\n`);
  const server = new ManagedProcess(command(SERVES));
  await server.start(started);
  expect(runs(other.pid)).toBe(true);
  await server.stop();
  other.kill("SIGKILL");
});

test("when the daemon is killed, the watchdog kills what it watches", async () => {
  const pidFile = path.join(directory, "server.pid");
  const script = `
    const { spawn } = require("node:child_process");
    spawn("sh", ["-c", ${JSON.stringify(WATCHDOG)}, "watchdog", ${JSON.stringify(pidFile)}, "sleep", "60"], {
      stdio: ["pipe", "ignore", "ignore"], detached: true });
    setInterval(() => undefined, 1000);`;
  const daemon = spawn(process.execPath, ["-e", script], { stdio: "ignore" });
  const read = async () => Number(await fs.readFile(pidFile, "utf8").catch(() => ""));
  await until(async () => (await read()) > 0);
  const pid = await read();
  expect(runs(pid)).toBe(true);
  daemon.kill("SIGKILL");
  await until(() => !runs(pid));
  await until(async () => (await fs.readdir(directory)).length === 0);
});
