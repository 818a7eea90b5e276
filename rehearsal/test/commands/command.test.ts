import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { build } from "esbuild";

import { processes } from "../../stage/processes";
import { until } from "../../toolchain/until";

jest.setTimeout(60_000);

let root: string;
let state: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "command-test-"));
  await build({
    entryPoints: {
      sample: path.join(__dirname, "support", "sample.ts"),
      clean: path.join(__dirname, "..", "..", "commands", "clean.ts"),
    },
    outdir: root,
    bundle: true,
    platform: "node",
    logLevel: "error",
  });
});
beforeEach(() => {
  state = fs.mkdtempSync(path.join(root, "state-"));
  fs.writeFileSync(path.join(state, "kept"), "");
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill("SIGINT");
    await ended(child);
  }
});
afterAll(() => fs.rmSync(root, { recursive: true }));

class Run {
  readonly child: ChildProcess;
  out = "";
  err = "";

  constructor(command: string, ...args: string[]) {
    const script = path.join(root, `${command}.js`);
    const env = { ...process.env, REHEARSAL_STATE: state, REHEARSAL_CHECKOUT: root };
    this.child = spawn(process.execPath, [script, ...args], { env });
    running.push(this.child);
    this.child.stdout?.on("data", (text: Buffer) => (this.out += text.toString()));
    this.child.stderr?.on("data", (text: Buffer) => (this.err += text.toString()));
  }

  /** Waits for its first line. */
  async started(): Promise<string> {
    while (!this.out.includes("\n")) await once(this.child.stdout as NodeJS.ReadableStream, "data");
    return this.out.trim();
  }

  ended(): Promise<number | null> {
    return ended(this.child);
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}

/** A process that has ended has no command any more, even while its entry waits to be collected. */
function gone(pid: number): Promise<boolean> {
  const runs = () => processes().some((each) => each.pid === pid && each.command !== "");
  return until(`the end of process ${pid}`, 30, () => Promise.resolve(!runs()));
}

test.each([
  ["well", [], 0, ""],
  ["badly", [], 1, ""],
  ["withError", [], 1, "the toolchain is not there\n"],
  ["withError", ["2"], 2, "the toolchain is not there\n"],
] as const)("ends %s %j with %d", async (end, args, code, words) => {
  const run = new Run("sample", end, ...args);
  expect(await run.ended()).toBe(code);
  expect(run.err).toBe(words);
  expect(fs.existsSync(`${state}.lock`)).toBe(false);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends it with 130, tidied up and with all that it has started",
  async (signal) => {
    const run = new Run("sample", "never");
    const started = Number(await run.started());
    run.child.kill(signal);
    expect(await run.ended()).toBe(130);
    expect(run.out).toBe(`${started}\ntidied up ${state}\n`);
    expect(run.err).toBe("interrupted\n");
    await gone(started);
    expect(fs.existsSync(`${state}.lock`)).toBe(false);
  },
);

test("a second command on the same state is refused and names the first", async () => {
  const first = new Run("sample", "never");
  await first.started();
  const second = new Run("sample", "well");
  expect(await second.ended()).toBe(1);
  const command = `${process.execPath} ${path.join(root, "sample.js")} never`;
  expect(second.err).toBe(
    `another rehearsal of this checkout is running (process ${first.child.pid}: ${command}); ` +
      "wait for it, or interrupt it\n",
  );
});

test("after a command that was killed the next one goes on", async () => {
  const first = new Run("sample", "never");
  const left = Number(await first.started());
  first.child.kill("SIGKILL");
  await first.ended();
  process.kill(left);
  expect(fs.existsSync(`${state}.lock`)).toBe(true);
  const second = new Run("sample", "well");
  expect(await second.ended()).toBe(0);
});

describe("clean", () => {
  test("refuses while another command runs, and touches nothing", async () => {
    const first = new Run("sample", "never");
    const left = Number(await first.started());
    const clean = new Run("clean");
    expect(await clean.ended()).toBe(1);
    expect(clean.err).toMatch(
      new RegExp(`^another rehearsal of this checkout is running \\(process ${first.child.pid}: `),
    );
    expect(fs.existsSync(path.join(state, "kept"))).toBe(true);
    expect(processes().filter(({ pid }) => pid === left)).toHaveLength(1);
    first.child.kill("SIGINT");
    await first.ended();
  });

  test("ends what a dead rehearsal left running, and removes all that it kept", async () => {
    const idle = "setInterval(() => {}, 1000); console.log('up')";
    const left = spawn(process.execPath, ["-e", idle, path.join(state, "cloud", "config.json")]);
    running.push(left);
    await once(left.stdout, "data");
    const clean = new Run("clean");
    expect(await clean.ended()).toBe(0);
    expect(clean.out).toBe(`removed ${state}\n`);
    expect(await ended(left)).toBeNull();
    expect(left.signalCode).toBe("SIGTERM");
    expect(fs.readdirSync(root).filter((name) => name.startsWith(path.basename(state)))).toEqual(
      [],
    );
  });
});
