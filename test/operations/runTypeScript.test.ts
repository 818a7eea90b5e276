import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const OPERATIONS = path.resolve(__dirname, "../../operations");
const RUN = path.join(OPERATIONS, "runTypeScript.mjs");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "run-"));
  fs.symlinkSync(path.resolve(OPERATIONS, "../node_modules"), path.join(folder, "node_modules"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test.each([
  ["an error that nothing catches", "end();"],
  ["an error of a command", "void run(async () => end());"],
])("%s names the line in TypeScript, of a file beside the entry too", (_, line) => {
  const imports = `import { run } from "${OPERATIONS}/support/run";\nimport { end } from "./end";`;
  fs.writeFileSync(path.join(folder, "main.ts"), `${imports}\n${line}\n`);
  const end = "interface Kept {}\nexport function end(): void {\n  throw new Error();\n}\n";
  fs.writeFileSync(path.join(folder, "end.ts"), end);
  const script = `(await import(process.argv[1])).runTypeScript(process.argv[2])`;
  const args = ["--input-type=module", "-e", script, RUN, path.join(folder, "main.ts")];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toContain(`at end (${folder}/end.ts:3:9)`);
  expect(stderr).toContain(`${folder}/main.ts:3:`);
  expect(status).toBe(1);
});
