import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const NOON = 1_700_000_000;
const PORT = /^\d+\n$/m;

/**
 * Starts each pack that it is sent, as the engine does: the folder is a module. One process for all of them, since the
 * SDK takes most of a start. What remembers the first pack, or its folder, is loaded anew.
 */
const STARTER = `
  require("./operations/lateModules");
  const remembers = /node_modules.(@pulumi.policy|esbuild)\\b/;
  process.on("message", (folder) => {
    for (const file of Object.keys(require.cache)) {
      if (remembers.test(file)) delete require.cache[file];
    }
    process.chdir(folder);
    require(folder);
  });`;

let starter: ChildProcess | undefined;
let ended: Promise<unknown>;
let said = "";
beforeEach(() => {
  // A pack that fails ends it.
  if (starter?.exitCode === null) return;
  starter = spawn(process.execPath, ["-e", STARTER], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  ended = once(starter, "close");
  for (const stream of [starter.stdout, starter.stderr]) {
    stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  }
});

afterAll(async () => {
  starter?.kill();
  await ended;
});

let folder: string;

/** A pack around the real start.js, whose parts say which of them ran. */
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "policy-pack-"));
  for (const name of ["start.js", "package.json"]) {
    fs.copyFileSync(path.join(ROOT, "policy-pack", name), path.join(folder, name));
  }
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  write("index.ts", 'import "./nodes/a"; export const policies: object[] = [];', NOON);
  write("nodes/a.ts", 'console.log("sources" satisfies string);', NOON);
  write("frame/value.ts", "", NOON);
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

test("runs the built pack where it is as new as its sources", async () => {
  writeBuilt(NOON);
  expect(await started()).toBe("built");
});

test("runs the sources where nothing is built", async () => {
  expect(await started()).toBe("sources");
});

test.each(["index.ts", "nodes/a.ts", "frame/value.ts"])(
  "runs the sources where %s changed after the build",
  async (source) => {
    writeBuilt(NOON);
    const file = path.join(folder, source);
    write(source, fs.readFileSync(file, "utf8"), NOON + 1);
    expect(await started()).toBe("sources");
  },
);

test("runs the built pack where only a test changed after the build", async () => {
  writeBuilt(NOON);
  write("test/nodes/a.test.ts", "", NOON + 1);
  expect(await started()).toBe("built");
});

test("runs the built pack where it came without sources", async () => {
  for (const source of ["index.ts", "nodes", "frame"]) {
    fs.rmSync(path.join(folder, source), { recursive: true });
  }
  writeBuilt(NOON);
  expect(await started()).toBe("built");
});

function writeBuilt(seconds: number): void {
  write("bin/index.js", 'console.log("built"); exports.policies = [];', seconds);
}

/** Writes a file and gives it and its folder this time of change, in seconds since 1970. */
function write(name: string, text: string, seconds: number): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  fs.utimesSync(file, seconds, seconds);
  fs.utimesSync(path.dirname(file), seconds, seconds);
}

/** Starts the pack and waits for the port that the engine would connect to. @returns what it said before */
async function started(): Promise<string> {
  const { stdout } = starter as ChildProcess;
  said = "";
  starter?.send(folder);
  while (!PORT.test(said) && starter?.exitCode === null) {
    await Promise.race([once(stdout as NodeJS.ReadableStream, "data"), ended]);
  }
  return said.replace(PORT, "").trim();
}
