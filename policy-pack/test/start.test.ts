import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const NOON = 1_700_000_000;

// Each starts Node and loads the SDK, which takes seconds on a machine that is busy with other things.
jest.setTimeout(300_000);

let folder: string;

/** A pack around the real start.js, whose parts say which of them ran. */
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "policy-pack-"));
  for (const name of ["start.js", "package.json"]) {
    fs.copyFileSync(path.join(ROOT, "policy-pack", name), path.join(folder, name));
  }
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  write("index.ts", 'import "./nodes/a"; export const policies: object[] = [];', NOON);
  write("nodes/a.ts", 'console.error("sources" satisfies string);', NOON);
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
  write("bin/index.js", 'console.error("built"); exports.policies = [];', seconds);
}

/** Writes a file and gives it and its folder this time of change, in seconds since 1970. */
function write(name: string, text: string, seconds: number): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  fs.utimesSync(file, seconds, seconds);
  fs.utimesSync(path.dirname(file), seconds, seconds);
}

/** Starts the pack and waits for the port that the engine would connect to. */
async function started(): Promise<string> {
  const pack = spawn(process.execPath, ["start.js"], { cwd: folder });
  const ended = new Promise<void>((resolve) => pack.on("close", () => resolve()));
  let said = "";
  pack.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  pack.stdout.on("data", () => pack.kill());
  await ended;
  return said.trim();
}
